/**
 * Progress as a line now and then, for files and pipes.
 * @module
 */
import type { Moment } from "../../context.ts";
import { momentLine } from "./moment_line.ts";
import { measurePace, type Pace } from "./pace.ts";
import type { Screen, ShownProgress } from "./screen.ts";

const BETWEEN_SECONDS = 10;

/**
 * Prints a line at most every ten seconds, and one at the end of each stage that reports moments.
 *
 * @param screen Where to print.
 * @returns The progress, which prints its last line when disposed.
 */
export function plainProgress(screen: Screen): ShownProgress {
  let path: readonly string[] = [];
  let pace = measurePace();
  let printed = screen.now();
  let waiting: Moment | undefined;
  let rates: Pace | undefined;
  const print = () => {
    if (!waiting) return;
    screen.write(`${momentLine(path, waiting, rates)}\n`);
    waiting = undefined;
    printed = screen.now();
  };
  const say = (text: string) => {
    if (waiting && waiting.step >= waiting.steps) print(); // what is said comes after the last step
    screen.write(`${text}\n`);
  };
  return {
    stage(next) {
      print();
      path = next;
      pace = measurePace();
      rates = undefined;
      printed = screen.now();
    },
    update(next) {
      waiting = next;
      rates = pace(next, screen.now()) ?? rates;
      if (screen.now() - printed >= BETWEEN_SECONDS) print();
    },
    note: say,
    warn: (text) => say(screen.emphasize(`Warning: ${text}`)),
    [Symbol.dispose]: print,
  };
}
