/**
 * What a line chart can be asked for.
 * @module
 */
import type { AxisOptions } from "./axis_scale.ts";
import type { Heading } from "./theme.ts";
import type { Point, Thinning } from "./thin_points.ts";

/** One line. */
export interface LineSeries {
  /** Name of the line in the legend; lines of one name look the same in all panels. */
  readonly label: string;
  /**
   * Points of the line. A `y` that is not finite (not positive, on a logarithmic axis) makes a gap; a point without a place
   * across is left out.
   */
  readonly points: readonly Point[];
  /** The panel it belongs to; a chart has one panel for each name. */
  readonly panel?: string;
  /** The name of the line whose colour it takes: its own by default. */
  readonly colorOf?: string;
  /** Solid by default. */
  readonly dash?: "solid" | "dashed" | "dotted";
  /** Thin by default; a broad line is pale and lies below, so that another can lie on it and be seen. */
  readonly stroke?: "thin" | "broad";
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
  /** Titles of the upright axis by panel, where panels have different units. */
  readonly yTitles?: Readonly<Record<string, string>>;
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
