/**
 * The stage that says what the comparison of divergences found.
 * @module
 */
import type { Summary } from "../../core/run/summary.ts";
import { type Stage, stage } from "../../core/stage.ts";
import type { KlComparison, SampledKl } from "./normal_pairs.ts";
import { leaveReport } from "../../words/leave_report.ts";

/** Names the numbers of the comparison, and tells them in sentences. */
export const summarizeKl: Stage<
  { readonly comparisons: readonly KlComparison[]; readonly samples: number },
  { readonly summary: Summary }
> = stage("summarize", {
  needs: ["comparisons", "samples"],
  adds: { summary: "the run's numbers by name" },
}, async ({ comparisons, samples }, context) => {
  const sorted = [...comparisons].sort((a, b) => a.closedForm - b.closedForm);
  const nearest = sorted[0]!; // there is a pair of each kind
  const farthest = sorted.at(-1)!; // as above
  const deviation = (one: KlComparison) =>
    deviationOf(one.plain, one.closedForm);
  const worst = Math.max(...comparisons.map((one) => Math.abs(deviation(one))));
  const gain = nearest.plain.standardError / nearest.controlled.standardError;
  const predicted = Math.sqrt(2 * nearest.closedForm / samples);
  const meanRatio = 1 + farthest.controlled.mean - farthest.plain.mean;
  const turned = deviationOf(farthest.plain, -farthest.closedForm);
  await leaveReport([
    `KL(q || p) = (trace + mean^2 - D - log det) / 2, with plus one half: the farthest of ${comparisons.length} means of ${samples} samples is ${
      worst.toFixed(1)
    } standard errors away from it.`,
    `With minus one half the ${farthest.pair.kind} pair at separation ${farthest.pair.separation} would have ${
      print(-farthest.closedForm)
    } nats, below zero; samples give ${printed(farthest.plain)}, ${
      turned.toFixed(0)
    } standard errors away.`,
    `Nearly equal, at ${
      print(nearest.closedForm)
    } nats, the mean log ratio is ${
      printed(nearest.plain)
    } (sqrt(2 KL / S) predicts ± ${
      print(predicted)
    }); with the control variate it is ${
      printed(nearest.controlled)
    }, an error ${gain.toFixed(0)} times smaller.`,
    `Far apart, at ${
      print(farthest.closedForm)
    } nats, the samples of q do not meet those of p: their mean of p / q is ${
      meanRatio.toFixed(3)
    } where it should be 1, and the control variate takes ${
      (1 - meanRatio).toFixed(3)
    } nats away in silence.`,
  ], context);
  return {
    summary: {
      samples,
      pairs: comparisons.length,
      "kl/nearest": nearest.closedForm,
      "kl/farthest": farthest.closedForm,
      "plain/greatestDeviation": worst,
      "plain/nearestStdErr": nearest.plain.standardError,
      "plain/nearestStdErrPredicted": predicted,
      "controlled/nearestStdErr": nearest.controlled.standardError,
      "controlled/farthestMeanRatio": meanRatio,
      "turnedSign/deviation": turned,
    },
  };
});

/** How many standard errors a mean lies above a number. */
function deviationOf(
  { mean, standardError }: SampledKl,
  truth: number,
): number {
  return (mean - truth) / standardError;
}

function printed({ mean, standardError }: SampledKl): string {
  return `${print(mean)} ± ${print(standardError)}`;
}

function print(value: number): string {
  return String(Number(value.toPrecision(3)));
}
