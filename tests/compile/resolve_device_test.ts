import { assertEquals, assertMatch } from "@std/assert";
import { resolveDevice } from "../../compile/resolve_device.ts";

Deno.test("resolveDevice() keeps a device asked for by name", async () => {
  assertEquals(await resolveDevice("tfjs"), { device: "tfjs" });
  assertEquals(await resolveDevice("cpu"), { device: "cpu" });
});

Deno.test("resolveDevice() says why it did not take WebGPU", async () => {
  const { device, reason, adapterName } = await resolveDevice("auto");
  if (device === "webgpu") return assertEquals(typeof adapterName, "string");
  assertEquals(device, "cpu");
  assertEquals(/adapter/.test(reason ?? ""), true);
});

Deno.test("resolveDevice() falls back on tfjs where ONNX Runtime may not be loaded, and refuses the CPU by name", async () => {
  const probe = new URL("./resolve_device_probe.ts", import.meta.url);
  const permissions = ["--allow-read", "--allow-env", "--allow-sys"]; // but no --allow-ffi
  const command = new Deno.Command(Deno.execPath(), {
    args: ["run", "--no-check", ...permissions, probe.pathname],
    stderr: "null",
  });
  const { stdout } = await command.output();
  const { auto, cpu } = JSON.parse(new TextDecoder().decode(stdout));
  if (auto.device !== "webgpu") {
    assertEquals(auto.device, "tfjs");
    assertMatch(auto.reason, /Cannot load ONNX Runtime: .*--allow-ffi/);
  }
  assertMatch(
    cpu,
    /^CompileError: Cannot load ONNX Runtime: .*or use device "tfjs"/,
  );
});
