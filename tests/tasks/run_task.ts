import { join } from "@std/path";

const root = join(import.meta.dirname!, "../..");

/** How a task ended. */
export interface Ended {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Starts a task as a person does, without a network and without any data of this machine. */
export function startTask(
  file: string,
  folder: string,
  args: readonly string[],
  stdin: "null" | "piped" = "null",
): Deno.ChildProcess {
  return new Deno.Command(Deno.execPath(), {
    args: [
      ...["run", "-q", "-P=run", "--no-prompt", "--allow-net=127.0.0.1"],
      ...[`--allow-write=${folder}`, join("tasks", file), ...args],
    ],
    cwd: root,
    env: {
      HOME: folder,
      XDG_CACHE_HOME: folder,
      LOWERBOUND_DATA: join(folder, "nothing"),
      NO_COLOR: "1",
    },
    stdin,
    stdout: "piped",
    stderr: "piped",
  }).spawn();
}

/** Runs a task to its end; what it reads from the standard input, if anything, is given. */
export async function runTask(
  file: string,
  folder: string,
  args: readonly string[],
  input?: string,
): Promise<Ended> {
  const given = input === undefined ? "null" : "piped";
  const child = startTask(file, folder, args, given);
  if (input !== undefined) {
    const typed = new Blob([input]).stream();
    await typed.pipeTo(child.stdin).catch(() => {}); // it may end before it has read all
  }
  const { code, stdout, stderr } = await child.output();
  const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
  return { code, stdout: text(stdout), stderr: text(stderr) };
}
