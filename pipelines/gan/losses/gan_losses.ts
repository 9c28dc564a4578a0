/**
 * Why log(1 - D) starves a generator, and when it does not.
 * @module
 */
import { forEach } from "../../core/for_each.ts";
import { pipeline } from "../../core/pipeline.ts";
import type { Summary } from "../../core/run/summary.ts";
import type { Stage } from "../../core/stage.ts";
import { type Flags, only, withDefaults } from "../../core/task/flags.ts";
import type { GreyImages } from "../../images/images.ts";
import {
  type ImageRequest,
  imageRequest,
  loadMnist,
} from "../../images/load_mnist.ts";
import { buildPlayers } from "../build_players.ts";
import {
  type GanLosses,
  type GanSizes,
  ganSizes,
  type GanTraining,
  ganTraining,
  type SampleRequest,
  sampleRequest,
} from "../gan_settings.ts";
import { trainGan } from "../train_gan.ts";
import { drawGanLossStudy } from "./draw_loss_study.ts";
import { learnGaussians } from "./learn_gaussians.ts";
import type { BalancedRun, FrozenPoint } from "./loss_study.ts";
import {
  type FrozenRequest,
  frozenRequest,
  type GaussianRequest,
  gaussianRequest,
  type SeedRequest,
  seedRequest,
} from "./losses_settings.ts";
import { reportLossStudy } from "./report_loss_study.ts";
import { trainOnFrozen } from "./train_on_frozen.ts";

/** Everything that shapes the study. */
export interface GanLossesConfig
  extends
    ImageRequest,
    GanSizes,
    GanTraining,
    SampleRequest,
    FrozenRequest,
    GaussianRequest,
    SeedRequest {}

/** Settings of the study but for `data`. */
export const ganLossesFlags: Flags<Omit<GanLossesConfig, "data">> = {
  ...frozenRequest,
  ...gaussianRequest,
  ...seedRequest,
  ...ganSizes,
  ...withDefaults(ganTraining, { epochs: 3, snapshots: [] }),
  ...withDefaults(sampleRequest, { samples: 5000 }),
  ...imageRequest,
};

const frozenSettings = {
  ...frozenRequest,
  ...ganSizes,
  ...only(ganTraining, "batch", "learningRate", "beta1"),
};

/** Trains a discriminator against a frozen generator, once for each seed. */
const frozenCases: Stage<
  & Partial<
    & SeedRequest
    & FrozenRequest
    & GanSizes
    & Pick<GanTraining, "batch" | "learningRate" | "beta1">
  >
  & { readonly grey: GreyImages },
  { readonly frozenRuns: readonly (readonly FrozenPoint[])[] }
> = forEach("frozen-generator", {
  needs: ["grey"],
  settings: { ...seedRequest, ...frozenSettings },
  adds: { frozenRuns: "for each seed, gradients by updates of D" },
  cases: ({ seeds, ...input }) =>
    Array.from({ length: seeds }, (_, i) => ({ name: `seed-${i}`, input })),
  stage: pipeline<
    & FrozenRequest
    & GanSizes
    & Pick<GanTraining, "batch" | "learningRate" | "beta1">
    & { readonly grey: GreyImages }
  >("case")
    .pipe(buildPlayers)
    .pipe(trainOnFrozen)
    .give("frozen"),
  collect: (results) => ({ frozenRuns: results.map(({ out }) => out.frozen) }),
});

/** Trains both players in turn, with each loss, once for each seed; equal seeds begin with equal weights and noise. */
const balancedCases: Stage<
  & Partial<SeedRequest & GanSizes & GanTraining & SampleRequest>
  & { readonly grey: GreyImages },
  { readonly balancedRuns: readonly BalancedRun[] }
> = forEach("balanced", {
  needs: ["grey"],
  settings: { ...seedRequest, ...ganSizes, ...ganTraining, ...sampleRequest },
  adds: { balancedRuns: "for each loss and seed, how the training went" },
  cases: ({ seeds, ...input }) =>
    (["saturating", "non-saturating"] as const).flatMap((loss) =>
      Array.from({ length: seeds }, (_, i) => ({
        name: `${loss}-${i}`,
        keyName: `seed-${i}`,
        input: { ...input, loss, smoothing: 1 },
      }))
    ),
  stage: pipeline<
    & GanSizes
    & GanTraining
    & SampleRequest
    & GanLosses
    & { readonly grey: GreyImages }
  >("case")
    .pipe(buildPlayers)
    .pipe(trainGan)
    .give("training"),
  collect: (results) => ({
    balancedRuns: results.map(({ input, out }) => ({
      loss: input.loss,
      training: out.training,
    })),
  }),
});

/** From images to the numbers, words and pictures of the study. */
export function ganLossesExperiment(
  name: string,
): Stage<GanLossesConfig, { readonly summary: Summary }> {
  return pipeline<GanLossesConfig>(name)
    .pipe(loadMnist)
    .pipe(learnGaussians)
    .pipe(frozenCases)
    .pipe(balancedCases)
    .pipe(reportLossStudy)
    .pipe(drawGanLossStudy)
    .give("summary");
}
