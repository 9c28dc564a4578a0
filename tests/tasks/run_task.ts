import { join } from "@std/path";

const root = join(import.meta.dirname!, "../..");

/** How a task ended. */
export interface Ended {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/**
 * Starts a task as a person does, without a network and without any data of this machine.
 *
 * @param cache Where trainings are cached; unless given, nowhere: a test of equal bytes is to train twice.
 */
export function startTask(
  file: string,
  folder: string,
  args: readonly string[],
  cache = "/nowhere",
): Deno.ChildProcess {
  return new Deno.Command(Deno.execPath(), {
    args: [
      ...["run", "-q", "-P=run", "--no-prompt", "--allow-net=127.0.0.1"],
      ...[`--allow-write=${folder}`, join("tasks", file), ...args],
    ],
    cwd: root,
    env: {
      HOME: folder,
      XDG_CACHE_HOME: cache,
      LOWERBOUND_DATA: join(folder, "nothing"),
      NO_COLOR: "1",
    },
    stdin: "null",
    stdout: "piped",
    stderr: "piped",
  }).spawn();
}

/** Runs a task to its end. */
export async function runTask(
  file: string,
  folder: string,
  args: readonly string[],
  cache?: string,
): Promise<Ended> {
  const { code, stdout, stderr } = await startTask(file, folder, args, cache)
    .output();
  const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
  return { code, stdout: text(stdout), stderr: text(stderr) };
}
