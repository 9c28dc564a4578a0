/**
 * The stage that says what the best factors are.
 * @module
 */
import type { Summary } from "../../core/run/summary.ts";
import { type Stage, stage } from "../../core/stage.ts";
import type { MeanField } from "./mean_field_entries.ts";
import { leaveReport } from "../../words/leave_report.ts";

/** Names the numbers of the best factors, and tells them in sentences. */
export const summarizeMeanField: Stage<
  { readonly meanField: MeanField; readonly count: number },
  { readonly summary: Summary }
> = stage("summarize", {
  needs: ["meanField", "count"],
  adds: { summary: "the run's numbers by name" },
}, async ({ meanField, count }, context) => {
  const { binary, limits, normals, symmetryBreaks } = meanField;
  const most = limits.at(-1)!; // counts begin at 1
  const normal = normals.at(-1)!; // a list of a flag has a value
  const optimization = greatest([
    ...binary.flatMap(({ equal, free }) =>
      [equal, free].map(({ exact, optimized }) => optimized - exact)
    ),
    ...limits.map(({ free, freeOptimized }) => freeOptimized - free),
    ...normals.map(({ kl, klOptimized }) => klOptimized - kl),
  ]);
  const slope = greatest(
    binary.map(({ slope, meanEnergy }) => slope + meanEnergy),
  );
  const gaps = binary.map(({ free, logPartition }) =>
    free.exact + logPartition
  );
  const gap = Math.min(...gaps);
  const tightest = binary[gaps.indexOf(gap)]!; // there is a temperature
  await leaveReport([
    `p(w) proportional to 1 - prod w_i over {0, 1}^${most.count}: the best equal factors are all certain zeros, KL ${
      nats(most.equal)
    } = log(2^${most.count} - 1); of free factors one is a certain zero and the others are fair coins, KL ${
      nats(most.free)
    }, which tends to log 2 = ${nats(Math.LN2)}.`,
    `With ${count} factors, free ones begin to be better than equal ones at beta = ${
      symmetryBreaks.toFixed(4)
    }, where one of them turns towards zero and breaks the symmetry.`,
    `The free energy is never below -log Z: the smallest distance is ${
      gap.toPrecision(3)
    } nats, at beta = ${tightest.beta.toPrecision(3)}.`,
    `d log Z / d beta is minus the mean energy: central differences agree to ${
      slope.toExponential(1)
    }.`,
    `Optimization meets the exact optima to ${
      optimization.toExponential(1)
    } nats.`,
    `Two normal numbers of correlation ${normal.correlation}: the best factors have variance ${
      normal.varianceOptimized.toFixed(4)
    } (1 - rho^2 = ${
      normal.variance.toFixed(4)
    }), too narrow for the marginal variance 1, and KL ${
      nats(normal.klOptimized)
    } (-log(1 - rho^2) / 2 = ${nats(normal.kl)}).`,
  ], context);
  return {
    summary: {
      "limit/count": most.count,
      "limit/equalKl": most.equal,
      "limit/freeKl": most.freeOptimized,
      "beta/symmetryBreaks": symmetryBreaks,
      "optimization/greatestError": optimization,
      "slope/greatestError": slope,
      "bound/smallestGap": gap,
      "normal/correlation": normal.correlation,
      "normal/variance": normal.varianceOptimized,
      "normal/kl": normal.klOptimized,
    },
  };
});

function greatest(differences: readonly number[]): number {
  return Math.max(...differences.map(Math.abs));
}

function nats(value: number): string {
  return `${value.toFixed(4)} nats`;
}
