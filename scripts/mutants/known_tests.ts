/**
 * What is known of test files where nothing is changed.
 * @module
 */
import type { Copy } from "./copies.ts";
import { appendLine, readLines } from "./json_lines.ts";

/** One line of the record. */
interface Line {
  readonly test: string;
  readonly seconds: number;
  readonly passed: boolean;
}

/** Seconds that a single test file may take. */
const LIMIT = 600;

/** Seconds that a test file is taken for before it has run, and that loading it takes at least. */
const [GUESS, LOADING] = [3, 1];

/** What is known of test files, from what they said. */
export interface KnownTests {
  /** How long a test file takes; undefined if it fails where nothing is changed. */
  readonly secondsOf: (test: string) => number | undefined;
  /** Takes note of the files that passed, by what the test runner said. */
  readonly note: (said: string) => Promise<void>;
  /**
   * Whether a file passes where nothing is changed. One that has passed before is not run again: what it passed with was
   * no change, or a change of something else.
   */
  readonly passes: (test: string, copy: Copy) => Promise<boolean>;
}

/**
 * Opens the record of test files.
 *
 * @param file The record, with a JSON object in each line; it is appended to.
 * @param failed Is told of tests that fail where nothing is changed.
 */
export function knownTests(
  file: string,
  failed: (test: string, said: string) => void,
): KnownTests {
  const known = new Map(readLines<Line>(file).map((line) => [line.test, line]));
  const add = async (line: Line) => {
    known.set(line.test, line);
    await appendLine(file, line);
  };
  return {
    secondsOf: (test) => {
      const line = known.get(test);
      if (line === undefined) return GUESS;
      return line.passed ? line.seconds : undefined;
    },
    note: async (said) => {
      for (const [test, seconds] of passedIn(said)) {
        if (!known.has(test)) await add({ test, seconds, passed: true });
      }
    },
    passes: async (test, copy) => {
      const before = known.get(test);
      if (before !== undefined) return before.passed;
      const { passed, seconds, said } = await copy.test([test], LIMIT);
      if (!passed) failed(test, said);
      await add({ test, seconds, passed });
      return passed;
    },
  };
}

/** The test files all of whose tests passed, by what Deno's test runner said, with the seconds that they took. */
export function passedIn(said: string): ReadonlyMap<string, number> {
  const [, ...parts] = said.split(/^running (?=\d+ tests? from )/m);
  return new Map(parts.flatMap((part) => {
    const head = /^(\d+) tests? from \.\/(\S+)/.exec(part);
    const ends = [...part.matchAll(/^\S.*? ?\.\.\. (\w+) \((.+?)\)$/gm)];
    const isWhole = ends.length === Number(head?.[1]) &&
      ends.every(([, how]) => how === "ok" || how === "ignored");
    if (!head?.[2] || !isWhole) return [];
    const seconds = ends.map(([, , time = ""]) => secondsIn(time));
    return [[head[2], LOADING + seconds.reduce((sum, one) => sum + one, 0)]];
  }));
}

/** Seconds of `1m2s`, `3s` or `45ms`. */
function secondsIn(time: string): number {
  const units: Readonly<Record<string, number>> = { m: 60, s: 1, ms: 0.001 };
  return [...time.matchAll(/(\d+)(ms|m|s)/g)].reduce(
    (sum, [, count, unit = "s"]) => sum + Number(count) * (units[unit] ?? 0),
    0,
  );
}
