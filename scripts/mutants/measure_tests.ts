/**
 * How long each test file takes where nothing is changed.
 * @module
 */
import type { Copy } from "./copies.ts";
import type { Seconds } from "./plan_tests.ts";

/** One line of the record. */
interface Line {
  readonly test: string;
  readonly seconds: number;
  readonly passed: boolean;
}

/** Seconds that a single test file may take. */
const LIMIT = 600;

/**
 * Measures what is not in the record yet.
 *
 * @param tests Test files.
 * @param file The record, with a JSON object in each line; it is appended to.
 * @param copy Where they run.
 * @param failed Is told of tests that fail, and are left out.
 */
export async function measureTests(
  tests: readonly string[],
  file: string,
  copy: Copy,
  failed: (test: string, said: string) => void,
): Promise<Seconds> {
  const known = new Map(
    readLines<Line>(file).map((line) => [line.test, line] as const),
  );
  for (const test of tests) {
    if (known.has(test)) continue;
    const { passed, seconds, said } = await copy.test([test], LIMIT);
    if (!passed) failed(test, said);
    const line: Line = { test, seconds, passed };
    known.set(test, line);
    await appendLine(file, line);
  }
  return new Map(
    tests.flatMap((test) => {
      const line = known.get(test);
      return line?.passed === true ? [[test, line.seconds] as const] : [];
    }),
  );
}

/** Reads a file with a JSON object in each line; nothing where there is no file. */
export function readLines<T>(file: string): readonly T[] {
  try {
    return Deno.readTextFileSync(file).split("\n")
      .filter((line) => line !== "")
      .map((line) => JSON.parse(line) as T); // written by this program
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return [];
    throw error;
  }
}

/** Appends a JSON object as a line. */
export async function appendLine(file: string, value: object): Promise<void> {
  await Deno.writeTextFile(file, `${JSON.stringify(value)}\n`, {
    append: true,
  });
}
