import { join } from "@std/path";
import { denoFolder } from "../pipelines/core/deno_folder.ts";

const root = join(import.meta.dirname!, "../..");

/** How a task ended. */
export interface Ended {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** What a task meets. */
export interface Surroundings {
  /** Where trainings are cached; unless given, nowhere: a test of equal bytes is to train twice. */
  readonly cache?: string;
  /** What it reads from the standard input, if anything. */
  readonly input?: string;
}

/** Starts a task as a person does, without a network and without any data of this machine. */
export function startTask(
  file: string,
  folder: string,
  args: readonly string[],
  { cache = "/nowhere", input }: Surroundings = {},
): Deno.ChildProcess {
  return new Deno.Command(Deno.execPath(), {
    args: [
      ...["run", "-q", "-P=run", "--no-prompt", "--allow-net=127.0.0.1"],
      ...[`--allow-write=${folder}`, join("tasks", file), ...args],
    ],
    cwd: root,
    env: {
      DENO_DIR: denoFolder(),
      HOME: folder,
      XDG_CACHE_HOME: cache,
      LOWERBOUND_DATA: join(folder, "nothing"),
      NO_COLOR: "1",
    },
    stdin: input === undefined ? "null" : "piped",
    stdout: "piped",
    stderr: "piped",
  }).spawn();
}

/** Runs a task to its end. */
export async function runTask(
  file: string,
  folder: string,
  args: readonly string[],
  surroundings: Surroundings = {},
): Promise<Ended> {
  const child = startTask(file, folder, args, surroundings);
  const { input } = surroundings;
  if (input !== undefined) {
    const typed = new Blob([input]).stream();
    await typed.pipeTo(child.stdin).catch(() => {}); // it may end before it has read all
  }
  const { code, stdout, stderr } = await child.output();
  const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
  return { code, stdout: text(stdout), stderr: text(stderr) };
}
