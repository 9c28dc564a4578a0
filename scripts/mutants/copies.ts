/**
 * A copy of the project in which files are changed and tests run.
 * @module
 */
import { join, toFileUrl } from "@std/path";
import { readConfig, root, stageCopy } from "../stage_copy.ts";

/** How a process ended. */
export interface Ended {
  /** Whether it ended well; not where it was stopped. */
  readonly passed: boolean;
  /** Whether it took too long, and was stopped. */
  readonly late: boolean;
  /** The standard output. */
  readonly output: string;
  /** Both streams. */
  readonly said: string;
  /** How long it took. */
  readonly seconds: number;
}

/** A copy of the project. */
export interface Copy {
  /** The copy's URL, with its last slash. */
  readonly url: string;
  /** Runs Deno there. */
  readonly run: (args: readonly string[], limit: number) => Promise<Ended>;
  /** Runs test files, and the examples in other files, until the first failure. */
  readonly test: (files: readonly string[], limit: number) => Promise<Ended>;
  /** Puts a text into a file. */
  readonly write: (path: string, text: string) => Promise<void>;
  /** Removes a file. */
  readonly erase: (path: string) => Promise<void>;
  /** Removes the copy. */
  readonly remove: () => Promise<void>;
}

/** What is made anew in the copy, or has no place there. */
const LEFT_OUT: ReadonlySet<string> = new Set([
  ".git",
  ".venv",
  "coverage",
  "deno.json",
  "node_modules",
  "runs",
]);

/** Copies the project into a new temporary folder. */
export async function copyProject(): Promise<Copy> {
  const names = [...Deno.readDirSync(root)].map(({ name }) => name)
    .filter((name) => !LEFT_OUT.has(name));
  const folder = await stageCopy(names, await readConfig());
  const temporary = join(folder, "runs");
  await Deno.mkdir(temporary, { recursive: true });
  const run = (args: readonly string[], limit: number) =>
    runDeno(folder, temporary, args, limit);
  return {
    url: `${toFileUrl(await Deno.realPath(folder))}/`,
    run,
    test: (files, limit) => {
      const may = [
        ...["-P=test", `--allow-run=${Deno.execPath()}`],
        `--allow-write=${temporary}`,
      ];
      const how = ["-q", "--doc", "--no-check", "--fail-fast", "--no-prompt"];
      return run(["test", ...how, ...may, ...files], limit);
    },
    write: (path, text) => Deno.writeTextFile(join(folder, path), text),
    erase: (path) => Deno.remove(join(folder, path)),
    remove: () => Deno.remove(folder, { recursive: true }),
  };
}

async function runDeno(
  cwd: string,
  temporary: string,
  args: readonly string[],
  limit: number,
): Promise<Ended> {
  const start = performance.now();
  const child = new Deno.Command(Deno.execPath(), {
    args: [...args],
    cwd,
    env: {
      NO_COLOR: "1",
      TMPDIR: temporary,
      DENO_WEBGPU_BACKEND: "none", // a software driver repeats what the CPU has shown
    },
    stdin: "null",
    stdout: "piped",
    stderr: "piped",
  }).spawn();
  let late = false;
  const timer = setTimeout(() => {
    late = true;
    child.kill("SIGKILL");
  }, 1000 * limit);
  const { success, stdout, stderr } = await child.output();
  clearTimeout(timer);
  const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
  return {
    passed: success && !late,
    late,
    output: text(stdout),
    said: text(stdout) + text(stderr),
    seconds: (performance.now() - start) / 1000,
  };
}
