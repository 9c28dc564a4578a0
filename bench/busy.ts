/**
 * Another busy process: one core's worth of work at the same priority.
 * @module
 */

/** Starts a process that never rests, until it is disposed. */
export function busyProcess(): AsyncDisposable {
  const child = new Deno.Command(Deno.execPath(), {
    args: ["eval", "for (;;);"],
    stdin: "null",
    stdout: "null",
    stderr: "null",
  }).spawn();
  return {
    [Symbol.asyncDispose]: async () => {
      child.kill("SIGKILL");
      await child.status;
    },
  };
}
