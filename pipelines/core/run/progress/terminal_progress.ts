/**
 * Progress as one line that redraws itself.
 * @module
 */
import type { Moment } from "../../context.ts";
import { momentLine, shortPath } from "./moment_line.ts";
import { measurePace, type Pace } from "./pace.ts";
import type { Screen, ShownProgress } from "./screen.ts";

const BETWEEN_SECONDS = 0.1;
const CLEAR = "\r\x1b[K";

/**
 * Draws at most ten times a second, within the terminal's width; the last line of a stage stays.
 *
 * @param screen Where to draw.
 * @returns The progress, which ends its line when disposed.
 */
export function terminalProgress(screen: Screen): ShownProgress {
  let path: readonly string[] = [];
  let pace = measurePace();
  let moment: Moment | undefined;
  let rates: Pace | undefined;
  let drawn = -Infinity;
  const draw = () => {
    const width = screen.width();
    const bar = Math.min(20, Math.floor(width / 8));
    const line = moment
      ? momentLine(path, moment, rates, bar)
      : shortPath(path);
    screen.write(`${CLEAR}${line.slice(0, width - 1)}`);
    drawn = screen.now();
  };
  const endLine = () => {
    if (moment) draw();
    screen.write(moment ? "\n" : CLEAR);
    moment = undefined;
  };
  const say = (text: string) => {
    if (moment && moment.step >= moment.steps) endLine(); // what is said comes after the last step
    screen.write(`${CLEAR}${text}\n`);
    if (path.length > 0) draw();
  };
  return {
    stage(next) {
      if (path.length > 0) endLine();
      path = next;
      pace = measurePace();
      rates = undefined;
      draw();
    },
    update(next) {
      moment = next;
      rates = pace(next, screen.now()) ?? rates;
      if (screen.now() - drawn >= BETWEEN_SECONDS) draw();
    },
    note: say,
    warn: (text) => say(screen.emphasize(`Warning: ${text}`)),
    [Symbol.dispose]() {
      if (path.length > 0) endLine();
      path = [];
    },
  };
}
