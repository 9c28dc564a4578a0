/**
 * Whether the tests notice a change.
 * @module
 */
import type { Copy } from "./copies.ts";
import type { KnownTests } from "./known_tests.ts";
import { linesOf, type Mutant, mutate } from "./mutant.ts";
import type { Batch } from "./plan_tests.ts";

/** What became of a mutant. */
export interface Outcome {
  /** Relative to the root. */
  readonly path: string;
  /** The first changed line. */
  readonly line: number;
  /** Such as `operator`. */
  readonly kind: string;
  /** The changed line before. */
  readonly before: string;
  /** The changed line after. */
  readonly after: string;
  /** Whether a test failed, or why none could. */
  readonly status: "killed" | "survived" | "equal";
  /** Which test failed, what took too long, or why it is equal. */
  readonly by: string;
  /** How many test files reach the file. */
  readonly tests: number;
  /** Seconds. */
  readonly seconds: number;
}

/** How much longer than without a change tests may take: so much, and so many times. */
const [EXTRA, TIMES] = [120, 10];

/**
 * Runs the tests of a mutant in a copy of the project, until one fails that passes without the change.
 *
 * @param mutant The change.
 * @param source The file without it.
 * @param batches The tests, in their order.
 * @param copy Where they run; the file is as before afterwards.
 * @param known What is known of the tests.
 */
export async function runMutant(
  mutant: Mutant,
  source: string,
  batches: readonly Batch[],
  copy: Copy,
  known: KnownTests,
): Promise<Outcome> {
  const { path, kind } = mutant;
  const start = performance.now();
  const outcome = (status: Outcome["status"], by: string): Outcome => ({
    ...{ path, kind, ...linesOf(source, mutant), status, by },
    tests: batches.reduce((sum, { tests }) => sum + tests.length, 0),
    seconds: Math.round((performance.now() - start) / 100) / 10,
  });
  try {
    for (const [i, { tests, seconds }] of batches.entries()) {
      const examples = i === 0 && source.includes("```ts") ? [path] : [];
      let files: readonly string[] = [...examples, ...tests];
      while (files.length > 0) {
        await copy.write(path, mutate(source, mutant));
        const ended = await copy.test(files, EXTRA + TIMES * seconds);
        await known.note(ended.said);
        if (ended.passed) break;
        await copy.write(path, source);
        const broken = new Set<string>();
        for (const file of ended.late ? files : failedIn(ended.said, files)) {
          if (!await known.passes(file, copy)) broken.add(file);
        }
        if (broken.size === 0) return outcome("killed", reason(ended));
        files = files.filter((file) => !broken.has(file));
      }
    }
    return outcome("survived", "");
  } finally {
    await copy.write(path, source);
  }
}

/** Which of the files failed, by what Deno's test runner said; all of them where it does not say. */
export function failedIn(
  said: string,
  files: readonly string[],
): readonly string[] {
  const from = said.search(/^ ?ERRORS/m);
  const errors = from < 0 ? "" : said.slice(from);
  const failed = files.filter((file) => errors.includes(` ./${file}`)); // "name => ./file"
  return failed.length > 0 ? failed : files;
}

function reason({ late, said }: { late: boolean; said: string }): string {
  if (late) return "took too long";
  return /^ ?ERRORS[\s\S]*?\n\n(.*?) => /m.exec(said)?.[1] ??
    firstError(said);
}

function firstError(said: string): string {
  const line = /^.*\berror\b.*$/mi.exec(said)?.[0] ?? said.slice(0, 200);
  return line.trim().slice(0, 200);
}
