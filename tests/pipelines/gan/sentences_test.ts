import { assertEquals } from "@std/assert";
import type { GeneratorQuality } from "../../../pipelines/gan/evaluate_samples.ts";
import {
  frozenSentence,
} from "../../../pipelines/gan/losses/report_loss_study.ts";
import type { RingRun } from "../../../pipelines/gan/modes/mode_study.ts";
import {
  jumpSentence,
  ringSentence,
} from "../../../pipelines/gan/modes/report_modes.ts";
import {
  classSentence,
  lossSentence,
  qualitySentence,
} from "../../../pipelines/gan/report_gan.ts";
import { featureWords } from "../../../pipelines/images/features/feature_words.ts";
import type { Training } from "../../../pipelines/training/training.ts";

const quality: GeneratorQuality = {
  frechetDistance: { mean: 25.3, standardError: 0.44 },
  classes: 9,
  klToUniform: 0.01,
  confidence: 0.885,
  shares: [0.2, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.095, 0.005],
  samples: 10_000,
  realDistance: 1.11,
  realImages: 10_000,
  precision: 0.8,
  recall: 0.5,
};

function training(
  records: readonly (readonly [number, Record<string, number>])[],
): Training {
  return {
    history: records.map(([epoch, values]) => ({ step: epoch, epoch, values })),
    snapshots: [],
    steps: records.length,
    bestStep: 0,
  };
}

Deno.test("the sentences of a generator name its numbers, and the rarest class", () => {
  assertEquals(
    qualitySentence(quality),
    "Fréchet distance of 10,000 samples to test images: 25.30 ± 0.44; real images have 1.1. 80 % of the samples lie among test images (precision), 50 % of the test images among samples (recall).",
  );
  assertEquals(
    qualitySentence({ ...quality, realImages: 1200 }).split("; ")[1]!
      .split(".")[0],
    "1,200 real images have 1",
  );
  assertEquals(
    classSentence(quality).startsWith(
      "The classifier finds 9 of 10 classes in at least 1 % of the samples each, most often 0 (20.0 %) and least often 9 (0.5 %)",
    ),
    true,
  );
});

Deno.test("on images that are no digits the sentences say what the network knows", () => {
  const classes = { title: "class", names: ["shoe", "coat"] };
  const words = featureWords({ classes }, { name: "clothes" });
  assertEquals(
    qualitySentence(quality, words),
    "Fréchet distance of 10,000 samples to MNIST's test images: 25.30 ± 0.44; real images have 1.1. 80 % of the samples lie among test images (precision), 50 % of the test images among samples (recall). Features are those of a network that knows MNIST's digits alone: distances compare models of the same data, and are no measure of it.",
  );
  assertEquals(
    classSentence(quality, words),
    "A classifier of MNIST's digits takes at least 1 % of the samples for each of 9 digits, of 10, with a mean confidence of 0.885: it knows none of the classes of this data.",
  );
  const builtIn = featureWords({}, { name: "digits" });
  assertEquals(
    [builtIn.things, builtIn.classes, builtIn.reference, builtIn.note],
    ["digits", "known", "MNIST's test images", ""],
  );
});

Deno.test("the sentence of the losses sets their change beside that of the distance", () => {
  const history = training([
    [0, { "samples/frechetDistance": 900 }],
    [1, { "train/generatorLoss": 0.8, "train/discriminatorLoss": 1.3 }],
    [1, { "samples/frechetDistance": 400 }],
    [2, { "train/generatorLoss": 1.1, "train/discriminatorLoss": 1.2 }],
    [2, { "samples/frechetDistance": 100 }],
  ]);
  const losses = { smoothing: 0.9, loss: "non-saturating" } as const;
  assertEquals(
    lossSentence(history, losses),
    "From epoch 1 to 2 the distance went from 400.0 to 100.0, the generator's loss from 0.800 to 1.100 nats and the discriminator's from 1.300 to 1.200; at equal densities they would be 0.799 and 1.376. A loss measures a player against the other, not the samples.",
  );
});

Deno.test("the sentence of frozen generators compares the ratio with (1 - D) / D", () => {
  const mean = (mean: number) => ({ mean, standardError: 0 });
  const point = (updates: number, fake: number, ratio: number) => ({
    updates,
    real: mean(1),
    fake: mean(fake),
    saturating: mean(0.25),
    nonSaturating: mean(0.25 * ratio),
    ratio: mean(ratio),
    predictedRatio: mean((1 - fake) / fake),
  });
  const text = frozenSentence([point(0, 0.5, 1), point(50, 0.01, 96)]);
  assertEquals(
    text.endsWith("their ratio is 96, where (1 - D) / D says 99."),
    true,
    text,
  );
  assertEquals(
    text.includes("50 updates of D took D(G(z)) from 0.5 to 0.01"),
    true,
  );
});

Deno.test("the sentences of the ring give the spread of games, and how far counts jump", () => {
  const run = (seed: number, modes: readonly number[]): RingRun => ({
    remedy: "plain",
    seed,
    points: new Float32Array(),
    training: training(
      modes.map((count, i) => [
        i,
        { "ring/modes": count, "ring/quality": count / 10 },
      ]),
    ),
  });
  const runs = [run(0, [0, 7, 3]), run(1, [0, 2, 8])];
  assertEquals(
    ringSentence(runs),
    "On a ring of eight Gaussians, modes found and samples within three deviations of a centre after 3 turns, from the least to the greatest of 2 games each: plain: 3 to 8 and 30 to 80 %.",
  );
  assertEquals(
    jumpSentence(runs).startsWith(
      "From one measurement to the next the count of modes jumps by up to 7:",
    ),
    true,
  );
  assertEquals(jumpSentence([run(0, [0, 0])]), "");
});

Deno.test("parts of samples are told in whole percent, rounded", () => {
  const run = (seed: number, part: number): RingRun => ({
    ...{ remedy: "plain", seed, points: new Float32Array() },
    training: training([[0, { "ring/modes": 2, "ring/quality": part }]]),
  });
  const text = ringSentence([run(0, 0.2961), run(1, 0.3049), run(2, 0.5)]);
  assertEquals(text.includes("plain: 2 and 30 to 50 %"), true, text);
  const other = ringSentence([run(0, 0.1), run(1, 0.4951)]);
  assertEquals(other.includes("plain: 2 and 10 to 50 %"), true, other);
});
