import { assertAlmostEquals, assertEquals } from "@std/assert";
import type { Moment } from "../../../../pipelines/core/context.ts";
import {
  clock,
  momentLine,
} from "../../../../pipelines/core/run/progress/moment_line.ts";
import { measurePace } from "../../../../pipelines/core/run/progress/pace.ts";
import { plainProgress } from "../../../../pipelines/core/run/progress/plain_progress.ts";
import { quietProgress } from "../../../../pipelines/core/run/progress/quiet_progress.ts";
import type { Screen } from "../../../../pipelines/core/run/progress/screen.ts";
import { terminalProgress } from "../../../../pipelines/core/run/progress/terminal_progress.ts";

const moment = (step: number, elbo = -130): Moment => ({
  step,
  steps: 100,
  items: 50,
  unit: "images",
  values: { elbo },
});

/** A screen of 60 characters in memory, with a clock that is set by hand. */
function memoryScreen() {
  const state = { text: "", time: 0 };
  const screen: Screen = {
    write: (text) => void (state.text += text),
    width: () => 60,
    emphasize: (text) => `!${text}!`,
    now: () => state.time,
  };
  return { screen, state };
}

Deno.test("measurePace() measures a steady stage, whatever came before", () => {
  const pace = measurePace();
  assertEquals(pace(moment(80), 100), undefined);
  for (let second = 1; second <= 9; second++) {
    const { itemsPerSecond, secondsLeft } = pace(
      moment(80 + 2 * second),
      100 + second,
    )!; // time has passed
    assertAlmostEquals(itemsPerSecond, 50, 1e-9); // a few roundings
    assertAlmostEquals(secondsLeft, (20 - 2 * second) / 2, 1e-9);
  }
});

Deno.test("measurePace() follows a stage that slows down", () => {
  const pace = measurePace();
  for (let second = 0; second < 50; second++) pace(moment(second), second);
  let rate = 50;
  for (let second = 50; second < 60; second++) {
    rate = pace({ ...moment(50), items: 0 }, second)!.itemsPerSecond; // time has passed
  }
  assertAlmostEquals(rate, 50 / 4, 0.1); // two half-lives; the first 50 s weigh 1 - 2^-10
});

Deno.test("clock() writes minutes, and hours where there are any", () => {
  assertEquals([0.4, 42, 725, 11220].map(clock), [
    "0:00",
    "0:42",
    "12:05",
    "3:07:00",
  ]);
});

Deno.test("momentLine() tells the epoch of a training, and fills a bar", () => {
  const training: Moment = { ...moment(25), epochs: [1.249, 5] };
  assertEquals(
    momentLine(["vae-k3", "train"], training, undefined, 8),
    "train 25/100  ██░░░░░░  epoch 1.2/5  elbo -130",
  );
  assertEquals(
    momentLine(["train"], training, undefined),
    "train 25/100  epoch 1.2/5  elbo -130",
  );
});

Deno.test("terminalProgress() redraws at most ten times a second, within the width", () => {
  const { screen, state } = memoryScreen();
  const progress = terminalProgress(screen);
  progress.stage(["vae-k3", "train"]);
  for (let i = 1; i <= 100; i++) {
    state.time = i / 100;
    progress.update(moment(i, -1 / 3));
  }
  const drawn = state.text.split("\r\x1b[K").slice(1);
  assertEquals(drawn.length <= 11, true, `${drawn.length} drawings`);
  const [last = ""] = drawn.slice(-1);
  assertEquals(last.startsWith("train 9"), true, last);
  assertEquals(last.split("  ").slice(1, 4), [
    "███████", // of 60 characters
    "0:00 left",
    "5000 images/s",
  ]);
  progress.update({ ...moment(100), values: { ["a long name".repeat(9)]: 1 } });
  state.text = "";
  progress[Symbol.dispose]();
  assertEquals(state.text.length, "\r\x1b[K".length + 59 + "\n".length);
});

Deno.test("terminalProgress() keeps notes above the line and the last line of a stage", () => {
  const { screen, state } = memoryScreen();
  const progress = terminalProgress(screen);
  progress.stage(["a", "b"]);
  progress.update(moment(1));
  state.text = "";
  progress.warn("Hot");
  assertEquals(
    state.text,
    "\r\x1b[K!Warning: Hot!\n\r\x1b[Kb 1/100  ░░░░░░░  elbo -130",
  );
  state.text = "";
  progress.stage(["a", "c"]);
  assertEquals(state.text, "\r\x1b[Kb 1/100  ░░░░░░░  elbo -130\n\r\x1b[Kc");
  progress[Symbol.dispose]();
  assertEquals(state.text.endsWith("\r\x1b[K"), true);
});

Deno.test("plainProgress() prints every ten seconds, and the end of a stage", () => {
  const { screen, state } = memoryScreen();
  const progress = plainProgress(screen);
  progress.stage(["a", "load"]);
  progress.stage(["a", "b"]);
  for (let second = 1; second <= 25; second++) {
    state.time = second;
    progress.update(moment(second));
  }
  progress.note("Done");
  progress.stage(["a", "c"]);
  progress[Symbol.dispose]();
  assertEquals(
    state.text.split("\n").map((line) => line.split("  ")[0]),
    ["b 10/100", "b 20/100", "Done", "b 25/100", ""],
  );
});

Deno.test("the last step of a stage stands above what is said after it", () => {
  const { screen, state } = memoryScreen();
  for (const progress of [plainProgress(screen), terminalProgress(screen)]) {
    state.text = "";
    progress.stage(["a", "b"]);
    progress.update(moment(100));
    progress.note("In the cache");
    progress.stage(["a", "c"]);
    progress[Symbol.dispose]();
    const kept = state.text.split("\n").map((line) =>
      line.split("\r\x1b[K").at(-1)?.split("  ")[0]
    );
    assertEquals(kept, ["b 100/100", "In the cache", ""]);
  }
});

Deno.test("quietProgress() still warns", () => {
  const { screen, state } = memoryScreen();
  const progress = quietProgress(screen);
  progress.stage(["a"]);
  progress.update(moment(1));
  progress.note("By the way");
  progress.warn("Hot");
  assertEquals(state.text, "!Warning: Hot!\n");
});
