import { assertEquals } from "@std/assert";
import { fromFileUrl } from "@std/path";

const place = import.meta.resolve("../../compile/run/webgpu_adapter.ts");

Deno.test("looking for a graphics adapter says nothing where there is no XDG_RUNTIME_DIR, and leaves it so", async () => {
  const program = `import { findAdapter } from ${JSON.stringify(place)};
await findAdapter();
console.log(Deno.env.get("XDG_RUNTIME_DIR") ?? "none");`;
  const { stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["eval", "--ext=ts", program],
    cwd: fromFileUrl(new URL("../../", import.meta.url)),
    clearEnv: true,
    env: { HOME: "/nowhere", NO_COLOR: "1" },
  }).output();
  const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes).trim();
  assertEquals([text(stdout), text(stderr)], ["none", ""]);
});
