import { assertEquals } from "@std/assert";
import { epochMean, lastEpoch } from "../../../pipelines/gan/summarize_gan.ts";
import { turnNames } from "../../../pipelines/gan/compile_game.ts";

const history = [0, 0.5, 1, 1.5, 2].map((epoch, i) => ({
  ...{ step: i, epoch },
  values: Object.fromEntries(
    turnNames.map((name, j) => [`train/${name}`, 10 ** i + j]),
  ),
}));

Deno.test("epochMean() is over what was recorded after the epoch before, up to the end", () => {
  const [name] = turnNames;
  const meanAt = (end: number) => epochMean(history, name, end);
  assertEquals(meanAt(1), (10 + 100) / 2);
  assertEquals(meanAt(2), (1000 + 10_000) / 2);
  assertEquals(meanAt(1.5), (100 + 1000) / 2);
});

Deno.test("lastEpoch() names the mean of each measurement over the last epoch", () => {
  const training = { history, snapshots: [], steps: 4, bestStep: 4 };
  assertEquals(
    lastEpoch(training),
    Object.fromEntries(
      turnNames.map((name, j) => [`train/${name}`, 5500 + j]),
    ),
  );
});
