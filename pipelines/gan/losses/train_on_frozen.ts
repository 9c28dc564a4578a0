/**
 * The stage that trains a discriminator against a generator that does not learn.
 * @module
 */
import { compile } from "../../../compile/compile.ts";
import type { GeneratorLoss } from "../../../models/adversarial/adversarial_losses.ts";
import {
  generatorGradients,
  updateDiscriminator,
} from "../../../models/adversarial/adversarial_updates.ts";
import { crossEntropy } from "../../../models/adversarial/objective.ts";
import { adam } from "../../../models/optimizers/adam.ts";
import type * as tf from "@tensorflow/tfjs";
import { fold, type Key, split } from "../../core/random/key.ts";
import { normal } from "../../core/random/normal.ts";
import { type Stage, stage } from "../../core/stage.ts";
import { only } from "../../core/task/flags.ts";
import type { GreyImages } from "../../images/images.ts";
import type { OwnedPlayers } from "../build_players.ts";
import {
  type GanSizes,
  ganSizes,
  type GanTraining,
  ganTraining,
} from "../gan_settings.ts";
import { imageItems, indexBatches, type Items } from "../items.ts";
import type { FrozenPoint } from "./loss_study.ts";
import { type FrozenRequest, frozenRequest } from "./losses_settings.ts";

/**
 * Trains the discriminator alone, with target 1, and measures the gradients that a generator would get.
 *
 * Source: Arjovsky & Bottou 2017, section 2.2 and figure 2.
 */
export const trainOnFrozen: Stage<
  & Partial<
    & FrozenRequest
    & Pick<GanSizes, "latent">
    & Pick<GanTraining, "batch" | "learningRate" | "beta1">
  >
  & { readonly players: OwnedPlayers; readonly grey: GreyImages },
  { readonly frozen: readonly FrozenPoint[] }
> = stage("frozen", {
  needs: ["players", "grey"],
  settings: {
    ...frozenRequest,
    ...only(ganSizes, "latent"),
    ...only(ganTraining, "batch", "learningRate", "beta1"),
  },
  adds: { frozen: "both gradients after updates of the discriminator" },
}, async ({ players, grey, ...config }, context) => {
  const { latent, batch, learningRate, frozenNoises } = config;
  const [orderKey, noiseKey, fixedKey] = split(context.key, 3);
  const items = imageItems(grey.train);
  const batches = indexBatches(items.count, batch, orderKey);
  using optimizer = adam(players.discriminator.variables, {
    beta1: config.beta1,
  });
  const shape = [items.count, items.length] as const;
  const table = { items: { data: items.data, shape } };
  const device = { device: context.device, threads: context.threads };
  using update = await compile(
    ({ items: all, indices, noise, learningRate }) => ({
      ...updateDiscriminator(
        {
          ...players,
          objective: crossEntropy(),
          optimizers: { discriminator: optimizer },
        },
        { real: rowsOf(items, all, indices), noise, learningRate },
      ),
    }),
    {
      inputs: {
        indices: { shape: [batch], dtype: "int32" },
        noise: { shape: [batch, latent] },
        learningRate: { shape: [] },
      },
      tables: table,
      ...device,
    },
  );
  using look = await compile(
    ({ items: all, indices, noise }) => {
      const gradientOf = (loss: GeneratorLoss) =>
        generatorGradients(
          { ...players, objective: crossEntropy({ loss }) },
          noise,
        )
          .terms;
      const saturating = gradientOf("saturating");
      const real = players.discriminator.evaluate(rowsOf(items, all, indices));
      return {
        real: real.sigmoid().mean(),
        fake: saturating.fake,
        saturating: saturating.gradientNorm,
        nonSaturating: gradientOf("non-saturating").gradientNorm,
      };
    },
    {
      inputs: {
        indices: { shape: [batch], dtype: "int32" },
        noise: { shape: [frozenNoises, latent] },
      },
      tables: table,
      ...device,
    },
  );
  const fixed = normal(fixedKey, frozenNoises * latent);
  const frozen: FrozenPoint[] = [];
  const last = Math.max(...config.frozenUpdates);
  for (let updates = 0; updates <= last; updates++) {
    context.signal.throwIfAborted();
    const indices = batches.at(updates, 1); // not yet learned from
    if (config.frozenUpdates.includes(updates)) {
      const found = await look.run({ indices, noise: fixed });
      const point = {
        real: found.real.item(),
        fake: found.fake.item(),
        saturating: found.saturating.item(),
        nonSaturating: found.nonSaturating.item(),
      };
      frozen.push({ updates, ...point });
      context.metrics.record({
        step: updates,
        epoch: updates / batches.perEpoch,
        values: prefixed("frozen", point),
      });
    }
    await update.run({
      indices,
      noise: noiseOf(noiseKey, updates, batch * latent),
      learningRate,
    });
    context.progress.update({
      step: updates,
      steps: last,
      items: batch,
      unit: "images",
      values: {},
    });
  }
  return { frozen };
});

function rowsOf(
  { toReal }: Items,
  all: tf.Tensor2D,
  indices: tf.Tensor1D,
): tf.Tensor2D {
  return toReal(all.gather(indices));
}

function noiseOf(key: Key, step: number, length: number): Float32Array {
  return normal(fold(key, step), length);
}

function prefixed(prefix: string, values: object): Record<string, number> {
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => [`${prefix}/${name}`, value]),
  );
}
