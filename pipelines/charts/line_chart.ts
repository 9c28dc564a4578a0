/**
 * Lines against a common axis, in one panel or several.
 * @module
 */
import type { TopLevelSpec } from "vega-lite";
import type { FigureFiles } from "../core/context.ts";
import { isOnScale, type ScaleType } from "./axis_scale.ts";
import type { LineChartOptions, LineSeries } from "./line_chart_options.ts";
import { linePanels } from "./line_panels.ts";
import { drawPlot } from "./render_plot.ts";
import { headingOf, okabeIto } from "./theme.ts";
import {
  isDrawn,
  mostBuckets,
  mostPoints,
  type Point,
  thinPoints,
} from "./thin_points.ts";

export type {
  LineChartOptions,
  LineSeries,
  ReferenceRule,
} from "./line_chart_options.ts";

/**
 * Draws lines, with bands where points have a lower and an upper end.
 *
 * @param options What to draw.
 * @returns The figure.
 * @throws {RangeError} If there is no series, a series without a point to draw, or too many for the palette.
 */
export function lineChart(options: LineChartOptions): Promise<FigureFiles> {
  return drawPlot(options.name, lineChartSpec(options));
}

function lineChartSpec(options: LineChartOptions): TopLevelSpec {
  const { name, series, palette } = options;
  const labels = new Set(series.map(({ label }) => label));
  if (series.length === 0) {
    throw new RangeError(`Expected a series in ${name} but found none`);
  }
  if (palette !== "sequential" && labels.size > okabeIto.length) {
    throw new RangeError(
      `Expected at most ${okabeIto.length} unrelated lines in ${name} but found ${labels.size}`,
    );
  }
  const isWide = new Set(series.map(({ panel }) => panel)).size > 1;
  const thinned = series.map((one) => thinSeries(one, options));
  return {
    title: headingOf(options, notesOf(options), isWide ? 1.2 : 1),
    ...linePanels({ ...options, series: thinned }),
  };
}

/** Sorts and thins a series; values without a place on the axes become gaps. */
function thinSeries(series: LineSeries, options: LineChartOptions): LineSeries {
  const { x, y, name, thinning = "range" } = options;
  const points = series.points
    .filter((point) => isOnScale(point.x, x.scale))
    .map((point) => placed(point, y.scale))
    .sort((a, b) => a.x - b.x);
  if (!points.some(isDrawn)) {
    throw new RangeError(
      `Expected a point to draw in series "${series.label}" of ${name} but found none`,
    );
  }
  const along = x.scale === "log" ? Math.log : undefined;
  return { ...series, points: thinPoints(points, thinning, along) };
}

function placed(point: Point, scale?: ScaleType): Point {
  const { x, y, lower = NaN, upper = NaN } = point;
  if (!isOnScale(y, scale)) return { x, y: NaN };
  const hasBand = isOnScale(lower, scale) && isOnScale(upper, scale);
  return hasBand ? { x, y, lower, upper } : { x, y };
}

function notesOf(
  { series, thinning = "range" }: LineChartOptions,
): readonly string[] {
  const longest = Math.max(...series.map(({ points }) => points.length));
  if (longest <= mostPoints) return [];
  const what = { mean: "mean", range: "mean and range" }[thinning];
  return [`long lines: ${what} within ${mostBuckets} intervals of the axis`];
}
