import { assertEquals, assertNotEquals, assertRejects } from "@std/assert";
import { execute } from "../../../pipelines/core/run/execute.ts";
import {
  type MemoryRun,
  memoryRun,
} from "../../../pipelines/core/run/memory_run.ts";
import { pipeline } from "../../../pipelines/core/pipeline.ts";
import { type Stage, stage } from "../../../pipelines/core/stage.ts";
import { StageError } from "../../../pipelines/core/stage_error.ts";
import {
  buildPlayers,
  type OwnedPlayers,
} from "../../../pipelines/gan/build_players.ts";
import { gameVariables } from "../../../pipelines/gan/fit_game.ts";
import type { GanConfig } from "../../../pipelines/gan/gan.ts";
import { trainGan } from "../../../pipelines/gan/train_gan.ts";
import type { GreyImages } from "../../../pipelines/images/images.ts";
import type { Training } from "../../../pipelines/training/training.ts";
import {
  readWeights,
  type Weights,
} from "../../../pipelines/training/weights.ts";
import { smallGan, smallImages } from "./small_images.ts";
import { stoppingAt } from "../stopping_at.ts";

interface Trained {
  readonly training: Training;
  readonly weights: Weights;
}

const read: Stage<
  { readonly players: OwnedPlayers },
  { readonly weights: Weights }
> = stage("read", { needs: ["players"], adds: { weights: "" } }, async (
  { players },
) => ({ weights: await readWeights(gameVariables(players)) }));

function trained(
  config: Partial<GanConfig> = {},
  store: MemoryRun = memoryRun(),
  signal = new AbortController().signal,
): Promise<Trained> {
  const whole = pipeline<
    Partial<GanConfig> & { readonly grey: GreyImages }
  >("small")
    .pipe(buildPlayers)
    .pipe(trainGan)
    .pipe(read)
    .give("training", "weights");
  const input = { ...smallGan, ...config, grey: smallImages };
  return execute(whole, input, {
    seed: 0,
    device: "cpu",
    threads: 1,
    store,
    signal,
  });
}

Deno.test("trainGan() records each turn's means, and measures samples before training and after each epoch", async () => {
  const { training, weights } = await trained();
  const { history } = training;
  assertEquals(training.steps, 9); // 60 images in batches of 20, three times
  const measured = history.filter(({ values }) =>
    "samples/frechetDistance" in values
  );
  assertEquals(measured.map(({ step }) => step), [0, 3, 6, 9]);
  const turns = history.filter(({ values }) => "train/real" in values);
  assertEquals(turns.map(({ step }) => step), [2, 3, 4, 6, 8, 9]);
  assertEquals(training.snapshots.map(({ step }) => step), [0, 3]);
  // the last weights are kept, not those of an earlier measurement
  const last = training.snapshots.at(-1)!.weights;
  const name = "generator/layers/0/weight";
  assertNotEquals(weights[name], last[name]);
});

Deno.test("trainGan() goes on from a checkpoint as if it had never stopped, to the bit", async () => {
  const whole = memoryRun();
  const expected = await trained({}, whole);
  const store = memoryRun();
  const stopping = stoppingAt(store, ({ step }) => step === 4);
  await assertRejects(
    () => trained({}, stopping.store, stopping.signal),
    Error,
    "Stopped",
  );
  const resumed = await trained({}, store);
  assertEquals(resumed.training.history, expected.training.history);
  assertEquals(resumed.weights, expected.weights);
  assertEquals(store.records, whole.records);
});

Deno.test("the losses that are asked for are those that are trained", async () => {
  const losses = [
    {},
    { smoothing: 1 },
    { loss: "saturating" },
  ] as const;
  const all = await Promise.all(
    losses.map((own) => trained({ ...own, epochs: 1 })),
  );
  const first = all.map(({ training }) =>
    training.history.find(({ values }) => "train/real" in values)!.values
  );
  const [usual, hard, saturating] = first;
  assertNotEquals(
    usual!["train/discriminatorLoss"],
    hard!["train/discriminatorLoss"],
  );
  // log(1 - D) is below 0, -log D above
  assertEquals(Math.sign(usual!["train/generatorLoss"]!), 1);
  assertEquals(Math.sign(saturating!["train/generatorLoss"]!), -1);
});

Deno.test("trainGan() refuses a batch larger than the training images", async () => {
  await assertRejects(
    () => trained({ batch: 61 }),
    StageError,
    "Expected batch to be at most the 60 training items but found 61",
  );
});
