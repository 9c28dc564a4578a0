/**
 * The stage that draws the answers to the questions about flows.
 * @module
 */
import { lineChart } from "../../charts/line_chart.ts";
import { type Stage, stage } from "../../core/stage.ts";
import type { Answers } from "./summarize_questions.ts";
import { PAIR_BITS } from "./train_integers.ts";

/** Below this a logarithmic axis has no place: a twentieth of the distance from 1 to the next number. */
const LEAST = 1e-8;

/** Draws errors of inverses, costs of determinants, and bits of whole numbers. */
export const drawQuestions: Stage<Answers, object> = stage("draw-questions", {
  needs: ["inverses", "jacobians", "integerCases"],
  adds: {},
}, async ({ inverses, jacobians, integerCases }, context) => {
  const { figure } = context.artifacts;
  const subtitle = context.path[0] ?? "";
  await figure(
    await lineChart({
      name: "inverse",
      title:
        "How well a flow is undone, by its couplings and their log scales s",
      subtitle: `${subtitle}; random weights, single precision`,
      x: { title: "couplings" },
      y: { title: "largest error of a number", scale: "log" },
      palette: "sequential",
      series: inverses.map(({ bound, errors }) => ({
        label: `|s| ≤ ${bound}`,
        points: errors.map(({ x, y }) => ({ x, y: Math.max(LEAST, y) })),
      })),
    }),
  );
  const points = (of: (one: Answers["jacobians"][0]) => number) =>
    jacobians.map((one) => ({ x: one.size, y: of(one) }));
  await figure(
    await lineChart({
      name: "cost",
      title: "The log determinant of one vector, in two ways",
      subtitle: `${subtitle}; times as measured, on this machine`,
      x: { title: "numbers of a vector", scale: "log" },
      y: { title: "", scale: "log" },
      panelRange: "own",
      series: [
        {
          label: "triangular: sum of log scales",
          panel: "milliseconds",
          points: points(({ triangularMs }) => triangularMs),
        },
        {
          label: "general: backward passes, determinant",
          panel: "milliseconds",
          points: points(({ generalMs }) => generalMs),
        },
        {
          label: "triangular: sum of log scales",
          panel: "multiplications",
          points: points(({ triangular }) => triangular),
        },
        {
          label: "general: backward passes, determinant",
          panel: "multiplications",
          points: points(({ general }) => general),
        },
      ],
    }),
  );
  await figure(
    await lineChart({
      name: "integers",
      title: "Whole numbers taken for real ones: the density runs away",
      subtitle: `${subtitle}; on pairs that are not learned from`,
      x: { title: "weight updates" },
      y: { title: "-log2 density, for each number" },
      series: integerCases.map(({ added, history }) => ({
        label: `${added} added`,
        points: history,
      })),
      rules: [{ y: PAIR_BITS, label: "entropy of the whole numbers" }],
    }),
  );
  return {};
});
