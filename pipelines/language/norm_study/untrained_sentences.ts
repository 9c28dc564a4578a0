/**
 * What untrained models say about the claims on their gradients, in words.
 * @module
 */
import type { InitialKind } from "./norm_study_entries.ts";
import {
  depthExponent,
  depthExponents,
  initialsOf,
  ratioOf,
  type StackName,
  stacks,
  stackTitles,
} from "./study_statistics.ts";
import {
  type MeanAndError,
  meanAndError,
} from "../../statistics/mean_and_error.ts";
import { pairedDifference } from "../../statistics/paired_difference.ts";
import { trendOf } from "../../statistics/trend.ts";
import { plusMinus, timesOver } from "../../words/plus_minus.ts";

type Untrained = readonly InitialKind[];

/**
 * Says how the gradient of the last layer changes with the depth, before training.
 *
 * @param untrained Norms of untrained models.
 * @returns A question and its answer; nothing for a single depth, to which no power can be fitted.
 */
export function exponentSentences(untrained: Untrained): readonly string[] {
  const depths = new Set(untrained.map(({ layers }) => layers));
  return depths.size < 2 ? [] : [
    "How do gradients change with the depth, before training?",
    exponentSentence(untrained, knownStacks(untrained)),
  ];
}

/**
 * Judges the claims that post-norm gradients grow with the layer and that pre-norm gradients are flat.
 *
 * @param untrained Norms of untrained models.
 * @returns A question and its answers.
 */
export function claimSentences(untrained: Untrained): readonly string[] {
  const known = knownStacks(untrained);
  return [
    "How do gradients change with the layer, before training?",
    claimSentence(untrained, known, "post"),
    claimSentence(untrained, known, "pre"),
  ];
}

function knownStacks(untrained: Untrained): readonly StackName[] {
  return stacks.filter((stack) =>
    initialsOf(untrained, stack, "pre").length > 0
  );
}

function exponentSentence(
  untrained: Untrained,
  known: readonly StackName[],
): string {
  const described = (["pre", "post"] as const).map((normalization) => {
    const found = known.map((stack) => {
      const initials = initialsOf(untrained, stack, normalization);
      const inverse = depthExponents(initials, "rms").map((one) => -one);
      const difference = pairedDifference(
        depthExponents(initials, "weights"),
        inverse, // of the same draws
      );
      const expected = meanAndError(inverse).mean.toFixed(2)
        .replace("-0.00", "0.00");
      return `${plusMinus(depthExponent(initials, "weights"))} in the ${
        stackTitles[stack]
      } stack, where ${expected} is expected${agreementOf(difference)}`;
    });
    return `${normalization}-norm ${found.join(", ")}`;
  });
  return `The gradient of the last layer's weights changes with the depth L by an exponent of: ${
    described.join("; ")
  }. (Expected: the inverse of the growth of the vectors that the last norm divides by, which for pre-norm tends to -0.5; Xiong et al. 2020, theorem 1.)`;
}

function claimSentence(
  untrained: Untrained,
  known: readonly StackName[],
  normalization: "pre" | "post",
): string {
  const claim = normalization === "post"
    ? 'The claim that "post-norm gradients grow with the layer"'
    : 'The claim that "pre-norm gradients are flat"';
  const wanted = normalization === "post" ? "grows" : "stays flat";
  const verdicts = known.map((stack) => {
    const deepest = initialsOf(untrained, stack, normalization).at(-1)!; // known
    const activation = ratioOf(deepest.draws, "activation");
    const weights = ratioOf(deepest.draws, "weights");
    const trends = [trendOf(activation.mean), trendOf(weights.mean)];
    const holds = trends.filter((trend) => trend === wanted).length;
    const verdict = ["does not hold", "holds in part", "holds"][holds];
    return `${verdict} in the ${
      stackTitles[stack]
    } stack of ${deepest.layers} layers (‖∂L/∂x‖ ${
      trends[0]
    }, last over first ${timesOver(activation)}; ‖∂L/∂W‖ ${trends[1]}, ${
      timesOver(weights)
    })`;
  });
  return `${claim} ${verdicts.join(", ")}.`;
}

function agreementOf({ mean, standardError }: MeanAndError): string {
  if (Number.isNaN(standardError)) return " (one draw: the error is not known)";
  if (Math.abs(mean) <= 2 * standardError) return " (they agree)";
  return ` (it is ${mean.toFixed(2)} off)`;
}
