/**
 * The stage that says how near sums and samplers come to what is known.
 * @module
 */
import type { Summary } from "../../core/run/summary.ts";
import { type Stage, stage } from "../../core/stage.ts";
import { leaveReport } from "../../words/leave_report.ts";
import { plusMinus } from "../../words/plus_minus.ts";
import type { BoundCase, ExactDiffusion } from "./exact_entries.ts";

/** Names the numbers, and tells them in sentences. */
export const summarizeExact: Stage<
  { readonly exact: ExactDiffusion },
  { readonly summary: Summary }
> = stage("summarize", {
  needs: ["exact"],
  adds: { summary: "the run's numbers by name" },
}, async ({ exact }, context) => {
  const { marginals, bounds, orders, laws, flow, guidance, sampledLaw } = exact;
  const boundOf = (data: string, schedule: string, variance: string) =>
    bounds.find((one) =>
      one.data === data && one.schedule === schedule &&
      one.variance === variance
    )!; // one for each
  const linear = (variance: string) => boundOf("normal", "linear", variance);
  const worst = Math.max(
    ...marginals.flatMap((point) => [
      Math.abs(point.meanDeviation),
      Math.abs(point.varianceDeviation),
    ]),
  );
  const early = firstPart(exact);
  const guidanceError = Math.max(
    ...guidance.map((point) => Math.abs(point.sampled / point.exact - 1)),
  );
  const lawError = (sampledLaw.sampled - sampledLaw.exact) /
    sampledLaw.standardError;
  const least = flow.reduce((a, b) => a.error < b.error ? a : b);
  await leaveReport([
    `Simulated chains lie within ${
      worst.toFixed(1)
    } standard errors of the marginals N(sqrt(alphaBar) x, 1 - alphaBar) at ten timesteps.`,
    `The bound of normal data, in nats: ${
      terms(linear("best"))
    } with the best variance of the reverse steps. It is the entropy plus KL(q(x_T) || p) to ${
      exact.identityError.toExponential(1)
    }, for any schedule. The larger variance (beta) costs ${
      nats(linear("larger").gap)
    }, the smaller one ${nats(linear("smaller").gap)}; ${
      (100 * early).toFixed(0)
    } % of its consistency term lies in the first ten timesteps.`,
    `Orders of convergence, from 80 to 0.02 in noise: ${
      orders.map((one) =>
        `${one.sampler} (${one.data}) ${
          plusMinus({
            mean: one.fit.slope,
            standardError: one.fit.slopeError,
          })
        }`
      ).join(", ")
    }. The third order of DPM-Solver++ needs a factor of 2 that published code lacks.`,
    `Normal data of standard deviation 0.25 comes out with ${
      laws.map(({ sampler, deviations }) =>
        `${deviations[0]!.deviation.toFixed(3)} (${sampler}, ${
          deviations[0]!.steps
        } steps)`
      ).join(", ")
    }: few steps lose or add spread. Ten steps of Euler's ancestral method give ${
      sampledLaw.exact.toFixed(5)
    } exactly and ${sampledLaw.sampled.toFixed(5)} in samples, ${
      lawError.toFixed(1)
    } standard errors away.`,
    `Log densities by the probability flow are off by ${
      least.error.toExponential(1)
    } nats with ${least.steps} steps, and by ${
      nats(least.forgetfulError)
    } where the end is taken for N(0, 80^2).`,
    `Guidance g turns N(0, 0.2^2) within N(0, 1) into a spread of about 0.2^g: ${
      guidance.map((point) =>
        `${point.exact.toPrecision(3)} at ${point.guidance}`
      ).join(", ")
    }; DPM-Solver++ with 160 steps agrees to ${
      (100 * guidanceError).toPrecision(2)
    } %.`,
  ], context);
  return {
    summary: {
      "marginals/greatestDeviation": worst,
      "bound/identityError": exact.identityError,
      ...Object.fromEntries(bounds.flatMap(namedBound)),
      ...Object.fromEntries(orders.flatMap((one) => {
        const path = `order/${one.sampler}/${one.data}`.replaceAll(
          /[ ,]+/g,
          "-",
        );
        return [
          [path, one.fit.slope],
          [`${path}StdErr`, one.fit.slopeError],
        ];
      })),
      "law/exact": sampledLaw.exact,
      "law/sampled": sampledLaw.sampled,
      "law/sampledStdErr": sampledLaw.standardError,
      "law/deviation": lawError,
      "flow/error": least.error,
      "flow/forgetfulError": least.forgetfulError,
      "guidance/greatestError": guidanceError,
    },
  };
});

function namedBound(one: BoundCase): readonly (readonly [string, number])[] {
  const path = `bound/${one.data}/${one.schedule}/${one.variance}`;
  return [[`${path}/total`, one.total], [`${path}/gap`, one.gap]];
}

function terms(
  { prior, consistency, reconstruction, total }: BoundCase,
): string {
  return `prior matching ${prior.toExponential(2)}, consistency ${
    consistency.toFixed(4)
  }, reconstruction ${reconstruction.toFixed(4)}, in all ${total.toFixed(6)}`;
}

/** Part of the consistency term before timestep 10; the places are even in their logarithm. */
function firstPart({ timesteps }: ExactDiffusion): number {
  let early = 0;
  let all = 0;
  timesteps.forEach(({ timestep, consistency }, i) => {
    const next = timesteps[i + 1]?.timestep ?? timestep + 1;
    const share = consistency * (next - timestep);
    all += share;
    if (timestep < 10) early += share;
  });
  return early / all;
}

function nats(value: number): string {
  return `${value.toPrecision(3)} nats`;
}
