/**
 * The stage that gathers the numbers of learned densities of the plane.
 * @module
 */
import type { Summary } from "../../core/run/summary.ts";
import { type Stage, stage } from "../../core/stage.ts";
import { leaveReport } from "../../words/leave_report.ts";
import { plusMinus } from "../../words/plus_minus.ts";
import type { PlaneCase } from "./plane_case.ts";

/** Names the numbers of each density, and leaves a text about them. */
export const summarizePlane: Stage<
  { readonly planeCases: readonly PlaneCase[] },
  { readonly summary: Summary }
> = stage("summarize", {
  needs: ["planeCases"],
  adds: { summary: "the run's numbers by name" },
}, async ({ planeCases }, context) => {
  await leaveReport(planeCases.map(planeSentence), context);
  return {
    summary: Object.fromEntries(planeCases.flatMap((one) => {
      const { target, crossEntropy, kl } = one;
      return [
        [`${target}/entropy`, one.entropy],
        [`${target}/crossEntropy`, crossEntropy.mean],
        [`${target}/crossEntropyStdErr`, crossEntropy.standardError],
        [`${target}/kl`, kl.mean],
        [`${target}/klStdErr`, kl.standardError],
        [`${target}/integral`, one.integral],
        [`${target}/inverseError`, one.inverseError],
      ];
    })),
  };
});

/** Tells how far a learned density is from the true one. */
export function planeSentence(one: PlaneCase): string {
  const { target, entropy, crossEntropy, kl, integral, inverseError } = one;
  return `${target}: its points cost ${
    plusMinus(crossEntropy)
  } nats by the learned density and ${
    entropy.toFixed(4)
  } by the true one, the entropy. On the same points the divergence is ${
    plusMinus(kl)
  } nats. The learned density integrates to ${
    integral.toFixed(5)
  }; through the flow and back no coordinate is off by more than ${
    inverseError.toExponential(1)
  }.`;
}
