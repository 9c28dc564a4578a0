/**
 * The stage that answers the questions about flows.
 * @module
 */
import type { Summary } from "../../core/run/summary.ts";
import { type Stage, stage } from "../../core/stage.ts";
import { fitLine } from "../../statistics/fit_line.ts";
import { leaveReport } from "../../words/leave_report.ts";
import type { InverseErrors } from "./measure_inverses.ts";
import type { JacobianCost } from "./measure_jacobians.ts";
import { type IntegerCase, PAIR_BITS } from "./train_integers.ts";

/** What was measured. */
export interface Answers {
  /** How well flows are undone. */
  readonly inverses: readonly InverseErrors[];
  /** What log determinants are, and cost. */
  readonly jacobians: readonly JacobianCost[];
  /** How densities of whole numbers went. */
  readonly integerCases: readonly IntegerCase[];
}

/** Names the numbers, and leaves a text about them; times are told there alone. */
export const summarizeQuestions: Stage<
  Answers,
  { readonly summary: Summary }
> = stage("summarize", {
  needs: ["inverses", "jacobians", "integerCases"],
  adds: { summary: "the run's numbers by name" },
}, async (answers, context) => {
  await leaveReport(questionSentences(answers), context);
  const { inverses, jacobians, integerCases } = answers;
  return {
    summary: Object.fromEntries([
      ...inverses.map(({ bound, errors }) => [
        `bound-${bound}/inverseError`,
        lastOf(errors).y,
      ]),
      ...jacobians.map(({ size, difference }) => [
        `size-${size}/logDetDifference`,
        difference,
      ]),
      ["slope/triangular", slopeOf(jacobians, (one) => one.triangular)],
      ["slope/general", slopeOf(jacobians, (one) => one.general)],
      [
        "slope/ratio",
        slopeOf(jacobians, (one) => one.general / one.triangular),
      ],
      ...integerCases.map(({ added, bitsPerDim }) => [
        `added-${added}/bitsPerDim`,
        bitsPerDim,
      ]),
      ["entropy/bitsPerDim", PAIR_BITS],
    ]),
  };
});

/**
 * Answers each question in a paragraph.
 *
 * @param answers What was measured.
 */
export function questionSentences(
  { inverses, jacobians, integerCases }: Answers,
): readonly string[] {
  const short = (value: number) => value.toExponential(1);
  const byBound = inverses.map(({ bound, errors }) => {
    const { x, y } = lastOf(errors);
    return `${
      short(y)
    } after ${x} couplings where |log scale| is at most ${bound}`;
  });
  const worst = Math.max(...jacobians.map(({ difference }) => difference));
  const times = (one: JacobianCost | undefined) =>
    one === undefined
      ? ""
      : `${milliseconds(one.triangularMs)} and ${
        milliseconds(one.generalMs)
      } ms for ${one.size} numbers, ${
        Math.round(one.generalMs / one.triangularMs).toLocaleString("en")
      } times as long`;
  const slope = (of: (one: JacobianCost) => number) =>
    slopeOf(jacobians, of).toFixed(2);
  const bits = integerCases.map(({ added, bitsPerDim }) =>
    `${bitsPerDim.toFixed(2)} bits with ${added} added`
  );
  return [
    `Is a flow undone? The largest error of a number, through and back in single precision: ${
      byBound.join("; ")
    }.`,
    `Is log |det| that of the Jacobian? The sum of log scales is off by at most ${
      short(worst)
    } nats.`,
    `What does it cost? Where the Jacobian is any, D backward passes and a determinant take more multiplications ` +
    `than the one pass where it is triangular by a factor that grows as D^${
      slope((one) => one.general / one.triangular)
    }; measured, the ratio of times grows as D^${
      slope((one) => one.generalMs / one.triangularMs)
    }: ${times(jacobians[0])}, and ${times(jacobians.at(-1))}.`,
    `What if whole numbers are taken for real ones? For each number of pairs whose entropy is ${PAIR_BITS} bits: ${
      bits.join("; ")
    }. Below the entropy it is no code length: the density runs away into points.`,
  ];
}

/** How a number grows with the length of a vector: the slope of logarithms. */
function slopeOf(
  jacobians: readonly JacobianCost[],
  of: (one: JacobianCost) => number,
): number {
  if (jacobians.length < 2) return 0;
  return fitLine(
    jacobians.map(({ size }) => Math.log(size)),
    jacobians.map((one) => Math.log(of(one))),
  ).slope;
}

function lastOf(points: InverseErrors["errors"]): InverseErrors["errors"][0] {
  return points.at(-1)!; // at least one coupling
}

function milliseconds(value: number): string {
  return value.toFixed(value < 10 ? 2 : 0);
}
