import { assert } from "@std/assert";
import { newFolder } from "../../../../pipelines/core/run/new_record.ts";

Deno.test("newFolder() names the task, the time and chance", () => {
  const name = newFolder("vae-k3");
  assert(/^runs\/vae-k3-\d{8}-\d{6}-[0-9a-f]{6}$/.test(name), name);
  assert(newFolder("vae-k3") !== name);
});

Deno.test("newFolder() is in the folder that LOWERBOUND_RUNS names", () => {
  const before = Deno.env.get("LOWERBOUND_RUNS");
  try {
    for (const named of ["/scratch/me", "/scratch/me/"]) {
      Deno.env.set("LOWERBOUND_RUNS", named);
      const name = newFolder("vae-k3");
      assert(/^\/scratch\/me\/vae-k3-\d{8}-/.test(name), name);
    }
    Deno.env.set("LOWERBOUND_RUNS", "");
    assert(newFolder("vae-k3").startsWith("runs/vae-k3-"));
  } finally {
    if (before === undefined) Deno.env.delete("LOWERBOUND_RUNS");
    else Deno.env.set("LOWERBOUND_RUNS", before);
  }
});
