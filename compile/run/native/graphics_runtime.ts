/**
 * The folder that graphics drivers expect.
 * @module
 */
const NAME = "XDG_RUNTIME_DIR";

/**
 * Does some work while `XDG_RUNTIME_DIR` names a folder: where it names none, as in containers, Mesa's drivers write errors to
 * the standard error stream when they are looked for, though nothing there needs the folder.
 *
 * @param work What looks for drivers.
 * @returns What the work gives.
 */
export async function withRuntimeFolder<T>(
  work: () => Promise<T>,
): Promise<T> {
  if (!isMissing()) return await work();
  Deno.env.set(NAME, "/tmp");
  try {
    return await work();
  } finally {
    Deno.env.delete(NAME);
  }
}

/** Whether it is missing, on a system that has it, and may be set. */
function isMissing(): boolean {
  if (!("Deno" in globalThis) || Deno.build.os !== "linux") return false;
  const asked = { name: "env", variable: NAME } as const;
  return Deno.permissions.querySync(asked).state === "granted" &&
    !Deno.env.get(NAME);
}
