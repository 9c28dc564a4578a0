/**
 * The small programs whose runs are disturbed.
 * @module
 */
import { join } from "@std/path";
import { root } from "../stage_copy.ts";

/** A program whose runs are disturbed. */
export interface Program {
  /** Names it. */
  readonly name: string;
  /** Starts a run in a folder, or goes on with it. */
  readonly start: (run: string, args?: readonly string[]) => Deno.ChildProcess;
  /** Lets the run end undisturbed; tells what is wrong with it. */
  readonly finish: (run: string) => Promise<string | undefined>;
}

/** Makes a program of a file whose runs lie in a folder, and lets one run be, to know its bytes. */
export async function programs(folder: string): Promise<readonly Program[]> {
  const toy = "tests/pipelines/core/task/toy_task.ts";
  const flags = ["--pause=2", "--threads=1", "--epochs=3", "--quiet"];
  return [
    await programOf(
      folder,
      "toy",
      (run) =>
        exists(`${run}/run.json`)
          ? [toy, "--resume", run, "--quiet"]
          : [toy, "--out", run, ...flags],
    ),
    await programOf(
      folder,
      "small",
      (run) => ["tests/faults/kill_probe.ts", run, "Infinity", "killed"],
    ),
  ];
}

async function programOf(
  folder: string,
  name: string,
  argsFor: (run: string) => readonly string[],
): Promise<Program> {
  const start = (run: string, args = argsFor(run)) => spawn(folder, args);
  const alone = `${folder}/alone-${name}`;
  await start(alone).output();
  const expected = bytesOf(alone);
  return {
    name,
    start,
    async finish(run) {
      const { code, stderr } = await start(run).output();
      const said = new TextDecoder().decode(stderr).trim();
      if (code !== 0) return `Exit code ${code}: ${said}`;
      return bytesOf(run) === expected ? undefined : "Other bytes";
    },
  };
}

/** Starts a program of the package that may write in a folder alone. */
export function spawn(
  folder: string,
  args: readonly string[],
): Deno.ChildProcess {
  const [file = "", ...rest] = args;
  return new Deno.Command(Deno.execPath(), {
    args: [
      ...["run", "-q", "-P=run", "--no-check", "--no-prompt", "--allow-run"],
      ...[`--allow-write=${folder}`, join(root, file), ...rest],
    ],
    cwd: root,
    env: {
      NO_COLOR: "1",
      XDG_RUNTIME_DIR: folder,
      XDG_CACHE_HOME: "/nowhere", // no training is to come from the cache
      MESA_SHADER_CACHE_DISABLE: "true",
    },
    stdin: "null",
    stdout: "piped",
    stderr: "piped",
  }).spawn();
}

/** What two equal runs have in common; empty where there is none. */
export function bytesOf(run: string): string {
  try {
    return ["metrics.jsonl", "summary.json"]
      .map((name) => Deno.readTextFileSync(`${run}/${name}`)).join("\n");
  } catch {
    return "";
  }
}

/** Whether there is such a file. */
export function exists(path: string): boolean {
  try {
    Deno.statSync(path);
    return true;
  } catch {
    return false;
  }
}
