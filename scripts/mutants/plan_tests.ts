/**
 * In which order the tests of a mutant run.
 * @module
 */
import type { Distances } from "./module_graph.ts";

/** Seconds that each test file takes. */
export type Seconds = ReadonlyMap<string, number>;

/** Tests that run in one process. */
export interface Batch {
  /** Test files. */
  readonly tests: readonly string[];
  /** How long they take where nothing is changed. */
  readonly seconds: number;
}

/** Seconds of the first batches; later ones take as much as the last. */
const SIZES = [3, 10, 30, 60];

/**
 * Puts the near and cheap tests first: by seconds times distance, halved for each word of the file's path that the test's
 * path has, too, and to a tenth for the test of the file's own name.
 *
 * @param path The changed file.
 * @param distances The tests that reach it.
 * @param seconds What each takes; tests without seconds do not run.
 * @param limit How many seconds of tests at most, beyond the first test and that of the file's own name.
 * @returns Batches, each longer than the one before.
 */
export function planTests(
  path: string,
  distances: Distances,
  seconds: Seconds,
  limit: number,
): readonly Batch[] {
  const name = path.slice(path.lastIndexOf("/") + 1).replace(/\.\w+$/, "");
  const words = wordsOf(path);
  const isOwn = (test: string) => test.includes(`/${name}_test`);
  const costOf = (test: string, distance: number) =>
    test.includes(`/${name}_test`) ? 0 : (seconds.get(test) ?? 0) * distance /
      2 ** words.intersection(wordsOf(test)).size;
  const ordered = [...distances].filter(([test]) => seconds.has(test))
    .map(([test, distance]) => ({ test, cost: costOf(test, distance) }))
    .sort((a, b) => a.cost - b.cost || (a.test < b.test ? -1 : 1));
  const batches: { tests: string[]; seconds: number }[] = [];
  let total = 0;
  for (const { test } of ordered) {
    const own = seconds.get(test) ?? 0;
    if (batches.length > 0 && !isOwn(test)) {
      if (total + own > limit) continue;
      total += own;
    }
    const last = batches.at(-1);
    const size = SIZES[Math.min(batches.length, SIZES.length) - 1] ?? 0;
    if (last === undefined || last.seconds + own > size) {
      batches.push({ tests: [test], seconds: own });
    } else {
      last.tests.push(test);
      last.seconds += own;
    }
  }
  return batches;
}

/** The words of a path: `models`, `layers`, `group` and `norm` of `models/layers/group_norm.ts`. */
function wordsOf(path: string): Set<string> {
  return new Set(path.replace(/(_test)?\.\w+$/, "").split(/[/_]/));
}
