/**
 * Which curves are drawn together.
 * @module
 */
import { type Curve, type CurvePoint, thinTo } from "./curves.ts";

/** One line of a panel. */
export interface PanelLine {
  /** What sets the line apart in its panel, such as `validation` or a run's label; empty for a panel of one line. */
  readonly label: string;
  /** The place of its colour, from 0. */
  readonly color: number;
  /** Whether the line stands back: training beside validation. */
  readonly isFaint: boolean;
  /** Points in order. */
  readonly points: readonly CurvePoint[];
  /** The last measurement. */
  readonly last: CurvePoint;
}

/** Curves of one quantity. */
export interface Panel {
  /** Such as `elbo`. */
  readonly title: string;
  /** What the lines are drawn against. */
  readonly axis: "epoch" | "step";
  /** The lines. */
  readonly lines: readonly PanelLine[];
}

/** The curves of a run, with what tells it from the others. */
export interface LabelledCurves {
  /** The run's label; empty for a run alone. */
  readonly label: string;
  /** The run's curves. */
  readonly curves: readonly Curve[];
}

/** Parts of a name that tell lines of one quantity apart. */
const SPLIT = /^(train|validation|test|seed-?\d+)$/;

/** Points in all lines of a page. */
const MOST_POINTS = 12_000;

/**
 * Groups curves into panels: one for each quantity, with a line for each part of the data, each seed and each run.
 *
 * @param runs The curves of each run.
 * @returns The panels, in the order in which their quantities were first measured.
 */
export function panelsOf(runs: readonly LabelledCurves[]): readonly Panel[] {
  const lines = runs.reduce((sum, { curves }) => sum + curves.length, 0);
  const most = Math.min(400, Math.max(24, Math.floor(MOST_POINTS / lines)));
  const titles = new Map<string, PanelLine[]>();
  runs.forEach(({ label, curves }, run) => {
    for (const { name, points, last } of curves) {
      const parts = name.split("/");
      const split = parts.filter((part) => SPLIT.test(part));
      const rest = parts.filter((part) => !SPLIT.test(part));
      const title = rest.join("/") || name;
      const group = titles.get(title) ?? [];
      titles.set(title, group);
      group.push({
        label: [label, split.join(" ")].filter(Boolean).join(" · "),
        color: runs.length > 1 ? run : group.length,
        isFaint: split.includes("train"),
        points: thinTo(points, most),
        last,
      });
    }
  });
  return [...titles].map(([title, lines]) => ({
    title,
    axis: lines.some(({ last }) => last.epoch > 0) ? "epoch" : "step",
    lines,
  }));
}
