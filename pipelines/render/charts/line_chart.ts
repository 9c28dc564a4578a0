/**
 * Lines against a common axis, in one panel or several.
 * @module
 */
import type { TopLevelSpec } from "vega-lite";
import type { FigureFiles } from "../../core/context.ts";
import { type AxisOptions, isOnScale, type ScaleType } from "./axis_scale.ts";
import { linePanels } from "./line_panels.ts";
import { drawPlot } from "./render_plot.ts";
import { type Heading, headingOf, okabeIto } from "./theme.ts";
import {
  isDrawn,
  mostBuckets,
  mostPoints,
  type Point,
  type Thinning,
  thinPoints,
} from "./thin_points.ts";

/** One line. */
export interface LineSeries {
  /** Its name in the legend; lines of the same name in several panels look the same. */
  readonly label: string;
  /**
   * Its points. A `y` that is not finite (not positive, on a logarithmic axis) makes a gap; a point without a place
   * across is left out.
   */
  readonly points: readonly Point[];
  /** The panel it belongs to; a chart has one panel for each name. */
  readonly panel?: string;
  /** The name of the line whose colour it takes: its own by default. */
  readonly colorOf?: string;
  /** Solid by default. */
  readonly dash?: "solid" | "dashed" | "dotted";
}

/** A horizontal line for reference, such as an entropy that no model can beat. */
export interface ReferenceRule {
  /** Where it lies. */
  readonly y: number;
  /** What it means. */
  readonly label: string;
  /** The panel it belongs to; every panel by default. */
  readonly panel?: string;
}

/** What a line chart shows. */
export interface LineChartOptions extends Heading {
  /** The file name, without ending. */
  readonly name: string;
  /** The axis that all panels share. */
  readonly x: AxisOptions;
  /** The upright axis. */
  readonly y: AxisOptions;
  /** The lines, in the order of the legend. */
  readonly series: readonly LineSeries[];
  /** Reference lines. */
  readonly rules?: readonly ReferenceRule[];
  /** Whether panels share the range of `y` (the default) or have their own. */
  readonly panelRange?: "shared" | "own";
  /** Colours of unrelated lines (the default, at most eight), or of lines in an order, such as depth. */
  readonly palette?: "categorical" | "sequential";
  /** How a series of more than 1,000 points is drawn: as means within their range by default. */
  readonly thinning?: Thinning;
}

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
  const thinned = series.map((one) => thinSeries(one, options));
  return {
    title: headingOf(options, notesOf(options)),
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
