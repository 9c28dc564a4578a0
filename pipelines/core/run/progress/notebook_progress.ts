/**
 * Progress in a notebook: one line below the cell, which changes, and warnings as they come.
 * @module
 */
import type { Moment } from "../../context.ts";
import type { Broadcast } from "../../notebook.ts";
import { momentLine, shortPath } from "./moment_line.ts";
import { measurePace, type Pace } from "./pace.ts";
import type { ShownProgress } from "./screen.ts";

const BETWEEN_SECONDS = 0.5;

let lines = 0;

/**
 * Shows progress below a cell, at most twice a second, and warnings on the cell's error stream.
 *
 * @param broadcast The way to the notebook.
 * @param now Seconds on a clock that never goes back.
 * @returns The progress; its line stays when it is disposed.
 */
export function notebookProgress(
  broadcast: Broadcast,
  now: () => number = () => performance.now() / 1000,
): ShownProgress {
  const id = `lowerbound-progress-${lines++}`;
  let path: readonly string[] = [];
  let pace = measurePace();
  let rates: Pace | undefined;
  let moment: Moment | undefined;
  let drawn = -Infinity;
  let isShown = false;
  const send = (kind: string, content: object) =>
    void broadcast(kind, content).catch(() => {}); // the notebook may have gone
  const draw = () => {
    if (path.length === 0) return;
    const line = moment ? momentLine(path, moment, rates) : shortPath(path);
    send(isShown ? "update_display_data" : "display_data", {
      data: { "text/plain": line },
      metadata: {},
      transient: { display_id: id },
    });
    isShown = true;
    drawn = now();
  };
  const say = (name: "stdout" | "stderr", text: string) =>
    send("stream", { name, text: `${text}\n` });
  return {
    stage(next) {
      path = next;
      pace = measurePace();
      rates = undefined;
      moment = undefined;
      draw();
    },
    update(next) {
      moment = next;
      rates = pace(next, now()) ?? rates;
      const isLast = next.step >= next.steps;
      if (isLast || now() - drawn >= BETWEEN_SECONDS) draw();
    },
    note: (text) => say("stdout", text),
    warn: (text) => say("stderr", `Warning: ${text}`),
    [Symbol.dispose]: draw,
  };
}
