/**
 * The stage that tells what each distribution of pixels maximizes, in numbers.
 * @module
 */
import type { Summary } from "../../core/run/summary.ts";
import { type Stage, stage } from "../../core/stage.ts";
import type { PixelCase } from "./pixel_case.ts";
import { leaveReport } from "../../words/leave_report.ts";

/** Names the numbers of each case, and leaves a text about them in `report.txt`. */
export const reportPixelCases: Stage<
  { readonly pixelCases: readonly PixelCase[] },
  { readonly summary: Summary }
> = stage("summarize", {
  needs: ["pixelCases"],
  adds: { summary: "the run's numbers by name" },
}, async ({ pixelCases }, context) => {
  await leaveReport(pixelCases.map(sentenceOf), context);
  return {
    summary: Object.fromEntries(
      pixelCases.flatMap((one) => {
        const { pixels, likelihood } = one;
        const path = `${pixels === "none" ? "grey" : "binary"}/${likelihood}`;
        return [
          [`${path}/elbo`, one.elbo],
          [`${path}/reconstruction`, one.reconstruction],
          [`${path}/kl`, one.kl],
          [`${path}/logLikelihood`, one.logLikelihood],
          [`${path}/logMass`, one.logMass],
          [`${path}/normalizedElbo`, one.elbo - one.logMass],
        ];
      }),
    ),
  };
});

/** What a case maximizes and whether that is a likelihood, from its numbers. */
export function sentenceOf(one: PixelCase): string {
  const { title, elbo, logMass, likelihood, pixels } = one;
  const nats = (value: number) => value.toFixed(1);
  const bound = `${title}: ELBO ${nats(elbo)} nats per image`;
  if (pixels !== "none") {
    return `${bound}. p(x|z) sums to 1 over binary images: a bound of log p(x).`;
  }
  if (likelihood === "continuous-bernoulli") {
    return `${bound}. p(x|z) integrates to 1 over [0, 1]: a bound of a log density.`;
  }
  const corrected = `with the normalizer, the ELBO of the same decoder is ${
    nats(elbo - logMass)
  }`;
  return likelihood === "bernoulli"
    ? `${bound}. exp of minus the cross-entropy integrates over [0, 1] to exp(${
      nats(logMass)
    }), not 1: no likelihood of grey pixels; ${corrected}.`
    : `${bound}. A density of all numbers, of whose mass exp(${
      nats(logMass)
    }) lies on images in [0, 1]; ${corrected}.`;
}
