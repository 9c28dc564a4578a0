/** How a process ended. */
export interface Ended {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Starts a program beside this file, which may read, and write in `folder` alone. */
export function startProgram(
  file: string,
  folder: string,
  args: readonly string[],
): Deno.ChildProcess {
  return new Deno.Command(Deno.execPath(), {
    args: [
      "run",
      "-q",
      "--no-check",
      "--no-prompt",
      "--allow-read",
      `--allow-write=${folder}`,
      new URL(file, import.meta.url).pathname,
      ...args,
    ],
    env: { // without these a graphics driver complains on stderr
      NO_COLOR: "1",
      XDG_RUNTIME_DIR: folder,
      MESA_SHADER_CACHE_DISABLE: "true",
    },
    stdout: "piped",
    stderr: "piped",
  }).spawn();
}

/** Waits for the end of a process. */
export async function endOf(process: Deno.ChildProcess): Promise<Ended> {
  const { code, stdout, stderr } = await process.output();
  const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
  return { code, stdout: text(stdout), stderr: text(stderr) };
}

/** Runs the toy task to its end. */
export async function runToy(
  folder: string,
  ...args: readonly string[]
): Promise<Ended> {
  return await endOf(startProgram("toy_task.ts", folder, args));
}

/** Makes the file for `--hold`: while it is there, a run does eleven steps, records twelve lines, and waits. */
export function holdIn(folder: string): string {
  const hold = `${folder}/hold`;
  Deno.writeTextFileSync(hold, "");
  return hold;
}

/** Waits. */
export function wait(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
