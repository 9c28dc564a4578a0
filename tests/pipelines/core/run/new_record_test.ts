import { assert } from "@std/assert";
import { newFolder } from "../../../../pipelines/core/run/new_record.ts";
import { ownEnvironment } from "../own_environment.ts";

Deno.test("newFolder() names the task, the time and chance", () => {
  using _ = ownEnvironment({ LOWERBOUND_RUNS: undefined });
  const name = newFolder("vae-k3");
  assert(/^runs\/vae-k3-\d{8}-\d{6}-[0-9a-f]{6}$/.test(name), name);
  assert(newFolder("vae-k3") !== name);
});

Deno.test("newFolder() is in the folder that LOWERBOUND_RUNS names", () => {
  for (const named of ["/scratch/me", "/scratch/me/"]) {
    using _ = ownEnvironment({ LOWERBOUND_RUNS: named });
    const name = newFolder("vae-k3");
    assert(/^\/scratch\/me\/vae-k3-\d{8}-/.test(name), name);
  }
  for (const LOWERBOUND_RUNS of ["", undefined]) {
    using _ = ownEnvironment({ LOWERBOUND_RUNS });
    assert(newFolder("vae-k3").startsWith("runs/vae-k3-"));
  }
});
