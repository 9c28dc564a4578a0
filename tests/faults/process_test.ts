import { assertEquals } from "@std/assert";
import { tempFolder } from "../pipelines/core/temp_folder.ts";
import { isChanging, withoutFault } from "./faulty_files.ts";
import { bytesOf, goOn } from "./small_run.ts";

const KILLS = 16;

/** Runs the probe until it kills itself; tells by which signal. */
async function probe(folder: string, run: string, at: number, kind: string) {
  const { signal } = await new Deno.Command(Deno.execPath(), {
    args: [
      ...["run", "-q", "--no-check", "--no-prompt", "--allow-read"],
      ...["--allow-run", `--allow-write=${folder}`],
      new URL("kill_probe.ts", import.meta.url).pathname,
      ...[run, String(at), kind],
    ],
    env: { XDG_RUNTIME_DIR: folder, MESA_SHADER_CACHE_DISABLE: "true" },
    stdout: "null",
    stderr: "null",
  }).output();
  return signal;
}

Deno.test("a process that is killed at a call of the file system leaves a run that ends the same", async () => {
  using folder = tempFolder();
  const whole = `${folder.path}/whole`;
  const calls = await withoutFault(() => goOn(whole));
  const changing = calls.flatMap((call, i) => isChanging(call) ? [i + 1] : []);
  for (let kill = 0; kill < KILLS; kill++) {
    const at = changing[Math.floor(kill * changing.length / KILLS)]!; // below the length
    const run = `${folder.path}/${at}`;
    const kind = kill % 2 === 0 ? "torn" : "killed";
    const signal = await probe(folder.path, run, at, kind);
    assertEquals(signal, "SIGKILL", `call ${at}`);
    await withoutFault(() => goOn(run));
    assertEquals(bytesOf(run), bytesOf(whole), `${kind} at call ${at}`);
  }
});
