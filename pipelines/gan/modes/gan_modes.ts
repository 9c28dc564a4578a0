/**
 * Which modes of the data a generator loses, and what helps.
 * @module
 */
import { forEach } from "../../core/for_each.ts";
import { pipeline } from "../../core/pipeline.ts";
import type { Summary } from "../../core/run/summary.ts";
import type { Stage } from "../../core/stage.ts";
import { type Flags, withDefaults } from "../../core/task/flags.ts";
import type { GreyImages } from "../../images/images.ts";
import {
  type ImageRequest,
  imageRequest,
  loadMnist,
} from "../../images/load_mnist.ts";
import type { GanSizes, SampleRequest } from "../gan_settings.ts";
import { checkModes } from "./check_modes.ts";
import { drawModes } from "./draw_modes.ts";
import type { ImageRun, RingRun } from "./mode_study.ts";
import {
  imageGames,
  type ImageTraining,
  type ModesRequest,
  modesRequest,
  type RingRequest,
  ringRequest,
} from "./modes_settings.ts";
import { playImages } from "./play_images.ts";
import { playRing } from "./play_ring.ts";
import type { RemedyName } from "./remedies.ts";
import { reportModes } from "./report_modes.ts";

/** Everything that shapes the study. */
export interface GanModesConfig
  extends
    ImageRequest,
    ModesRequest,
    RingRequest,
    ImageTraining,
    GanSizes,
    SampleRequest {}

/** Settings of the study but for `data`. */
export const ganModesFlags: Flags<Omit<GanModesConfig, "data">> = {
  ...modesRequest,
  ...ringRequest,
  ...withDefaults(imageGames, { epochs: 3, snapshots: [], samples: 5000 }),
  ...imageRequest,
};

/** Plays each kind of game on the ring, once for each seed; games of equal seeds begin with equal numbers. */
const ringGames: Stage<
  Partial<ModesRequest & RingRequest>,
  { readonly ringRuns: readonly RingRun[] }
> = forEach("ring", {
  needs: [],
  settings: { ...modesRequest, ...ringRequest },
  adds: { ringRuns: "for each kind and seed, modes and good samples" },
  cases: ({ remedies, ringSeeds, imageSeeds: _other, ...input }) =>
    casesOf(remedies, ringSeeds, input),
  stage: playRing,
  collect: (results) => ({
    ringRuns: results.map(({ input, out }) => ({
      remedy: input.remedy,
      seed: input.seed,
      ...out.ringGame,
    })),
  }),
});

/** Plays each kind of game on images, once for each seed. */
const imageRuns: Stage<
  & Partial<ModesRequest & ImageTraining & GanSizes & SampleRequest>
  & { readonly grey: GreyImages },
  { readonly imageRuns: readonly ImageRun[] }
> = forEach("images", {
  needs: ["grey"],
  settings: { ...modesRequest, ...imageGames },
  adds: { imageRuns: "for each kind and seed, the quality of samples" },
  cases: ({ remedies, imageSeeds, ringSeeds: _other, ...input }) =>
    casesOf(remedies, imageSeeds, input),
  stage: playImages,
  collect: (results) => ({
    imageRuns: results.map(({ input, out }) => ({
      remedy: input.remedy,
      training: out.training,
    })),
  }),
});

function casesOf<Input extends object>(
  remedies: readonly RemedyName[],
  seeds: number,
  input: Input,
) {
  return remedies.flatMap((remedy) =>
    Array.from({ length: seeds }, (_, seed) => ({
      name: `${remedy}-${seed}`,
      keyName: `seed-${seed}`,
      input: { ...input, remedy, seed },
    }))
  );
}

/** From nothing and from images to the numbers, words and pictures of the study. */
export function ganModesExperiment(
  name: string,
): Stage<GanModesConfig, { readonly summary: Summary }> {
  return pipeline<GanModesConfig>(name)
    .pipe(loadMnist)
    .pipe(checkModes)
    .pipe(ringGames)
    .pipe(imageRuns)
    .pipe(reportModes)
    .pipe(drawModes)
    .give("summary");
}
