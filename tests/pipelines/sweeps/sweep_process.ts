import { assertEquals } from "@std/assert";
import { fromFileUrl } from "@std/path";
import { denoFolder } from "../core/deno_folder.ts";
import { type Ended, endOf } from "../core/task/toy_process.ts";

const root = fromFileUrl(new URL("../../../", import.meta.url));

/** What differs from a sweep of the toy task. */
export interface SweepStart {
  readonly program?: string;
  readonly env?: Readonly<Record<string, string>>;
}

/** Starts a sweep, as a person does. */
export function startSweep(
  folder: string,
  args: readonly string[],
  { program = "tests/pipelines/sweeps/toy_sweep.ts", env }: SweepStart = {},
): Deno.ChildProcess {
  return new Deno.Command(Deno.execPath(), {
    args: [
      ...["run", "-q", "--no-check", "-P=sweep", "--no-prompt"],
      ...[`--allow-write=${folder}`, program, ...args],
    ],
    cwd: root,
    env: {
      DENO_DIR: denoFolder(),
      HOME: folder,
      XDG_CACHE_HOME: folder,
      XDG_RUNTIME_DIR: folder,
      MESA_SHADER_CACHE_DISABLE: "true",
      NO_COLOR: "1",
      ...env,
    },
    stdin: "null",
    stdout: "piped",
    stderr: "piped",
  }).spawn();
}

/** Runs a sweep to its end. */
export async function runSweep(
  folder: string,
  args: readonly string[],
  start?: SweepStart,
): Promise<Ended> {
  return await endOf(startSweep(folder, args, start));
}

/** Runs a sweep that must end well; tells what it printed. */
export async function sweepWell(
  folder: string,
  args: readonly string[],
  start?: SweepStart,
): Promise<string> {
  const { code, stdout, stderr } = await runSweep(folder, args, start);
  assertEquals(code, 0, stderr);
  return stdout;
}

/** What two equal runs have in common: their numbers, and all weights that they kept last. */
export function bytesOf(run: string): readonly string[] {
  const numbers = ["metrics.jsonl", "summary.json"]
    .map((name) => Deno.readTextFileSync(`${run}/${name}`));
  return [...numbers, ...weightsIn(`${run}/checkpoints`)];
}

/** The arrays of each newest checkpoint below a folder, without their head, which has all settings. */
function weightsIn(folder: string): readonly string[] {
  const entries = [...Deno.readDirSync(folder)]
    .sort((a, b) => a.name < b.name ? -1 : 1);
  const files = entries.filter(({ name }) => name.endsWith(".safetensors"));
  const [last] = files.toReversed();
  const own = last === undefined
    ? []
    : [`${last.name} ${arraysOf(`${folder}/${last.name}`)}`];
  const below = entries.filter(({ isDirectory }) => isDirectory)
    .flatMap(({ name }) => weightsIn(`${folder}/${name}`));
  return [...own, ...below];
}

function arraysOf(file: string): string {
  const bytes = Deno.readFileSync(file);
  const head = Number(new DataView(bytes.buffer).getBigUint64(0, true));
  return bytes.subarray(8 + head).toBase64();
}

/** The state in `run.json`; undefined where there is none. */
export function statusOf(run: string): string | undefined {
  try {
    return JSON.parse(Deno.readTextFileSync(`${run}/run.json`)).status;
  } catch {
    return undefined;
  }
}

/** Whether a file or a folder is there. */
export function isThere(path: string): boolean {
  try {
    Deno.statSync(path);
    return true;
  } catch {
    return false;
  }
}

/** Waits until something holds, at most five minutes. */
export async function until(
  what: string,
  holds: () => boolean | Promise<boolean>,
): Promise<void> {
  const end = Date.now() + 300_000;
  while (!await holds()) {
    if (Date.now() > end) throw new Error(`Expected ${what} within 300 s`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}
