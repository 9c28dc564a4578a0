/**
 * The stage that gathers the numbers of a game's run.
 * @module
 */
import type { MetricRecord } from "../core/context.ts";
import type { Summary } from "../core/run/summary.ts";
import { type Stage, stage } from "../core/stage.ts";
import { meanAndError } from "../statistics/mean_and_error.ts";
import type { Training } from "../training/training.ts";
import { turnNames } from "./compile_game.ts";
import type { GeneratorQuality } from "./evaluate_samples.ts";

/** Names the numbers of a run, as `summary.json` holds them; those of training are means over the last epoch. */
export const summarizeGan: Stage<
  { readonly training: Training; readonly quality: GeneratorQuality },
  { readonly summary: Summary }
> = stage("summarize", {
  needs: ["training", "quality"],
  adds: { summary: "the run's numbers by name" },
}, ({ training, quality }) => ({
  summary: {
    steps: training.steps,
    ...qualityNumbers(quality),
    ...lastEpoch(training),
  },
}));

/** The numbers of a generator's quality by name. */
export function qualityNumbers(quality: GeneratorQuality): Summary {
  return {
    "samples/frechetDistance": quality.frechetDistance.mean,
    "samples/frechetDistanceStdErr": quality.frechetDistance.standardError,
    "samples/precision": quality.precision,
    "samples/recall": quality.recall,
    "samples/classes": quality.classes,
    "samples/klToUniform": quality.klToUniform,
    "samples/confidence": quality.confidence,
    "samples/count": quality.samples,
    "real/frechetDistance": quality.realDistance,
  };
}

/** Means of the measurements of turns over the last epoch, by name. */
export function lastEpoch({ history }: Training): Summary {
  const end = history.at(-1)?.epoch ?? 0;
  return Object.fromEntries(turnNames.map((name) => [
    `train/${name}`,
    epochMean(history, name, end),
  ]));
}

/** The mean of a measurement over the epoch before a moment. */
export function epochMean(
  history: readonly MetricRecord[],
  name: typeof turnNames[number],
  end: number,
): number {
  const values = history
    .filter(({ epoch }) => epoch > end - 1 && epoch <= end)
    .flatMap(({ values }) => values[`train/${name}`] ?? []);
  return meanAndError(values).mean;
}
