/**
 * Values with error bars beside what was expected.
 * @module
 */
import type { TopLevelSpec } from "vega-lite";
import type { FigureFiles } from "../core/context.ts";
import {
  axisEncoding,
  type AxisOptions,
  domainOf,
  type PositionEncoding,
} from "./axis_scale.ts";
import { drawPlot } from "./render_plot.ts";
import { type Heading, headingOf, ink, okabeIto } from "./theme.ts";

/** One row of a comparison. */
export interface IntervalRow {
  /** What was measured; no two rows share it. */
  readonly label: string;
  /** The measured value. */
  readonly value: number;
  /** Lower end of its interval; the value by default. */
  readonly lower?: number;
  /** Upper end of its interval; the value by default. */
  readonly upper?: number;
  /** The ends of the band in which the value was expected. */
  readonly expected?: readonly [number, number];
}

/** What an interval chart shows. */
export interface IntervalChartOptions extends Heading {
  /** The file name, without ending. */
  readonly name: string;
  /** The axis of the values. */
  readonly x: AxisOptions;
  /** The rows, from top to bottom. */
  readonly rows: readonly IntervalRow[];
  /** What an interval is, such as "± 2 standard errors". */
  readonly interval?: string;
  /** Decimals of the printed values, more where an interval needs them: two by default. */
  readonly decimals?: number;
}

/** Width of a figure, and of a letter beside the plot, in pixels. */
const FIGURE_WIDTH = 600;
const LETTER_WIDTH = 6;

/** Decimals of a printed value. */
const MOST_DECIMALS = 6;

/** Height of a row, in pixels. */
const rowHeight = 28;

/**
 * Draws a row for each value: its interval, its expected band, and the number itself.
 *
 * A value outside its band is a red diamond, not a blue dot.
 *
 * @param options What to draw.
 * @returns The figure.
 * @throws {RangeError} If there is no row, or a row has a number that is not finite or ends in the wrong order.
 */
export function intervalChart(
  options: IntervalChartOptions,
): Promise<FigureFiles> {
  return drawPlot(options.name, intervalSpec(options));
}

type Layer = Extract<TopLevelSpec, { layer: unknown }>["layer"][number];

function intervalSpec(options: IntervalChartOptions): TopLevelSpec {
  const { name, x, rows, decimals = 2 } = options;
  if (rows.length === 0) {
    throw new RangeError(`Expected a row in ${name} but found none`);
  }
  const numbers = rows.flatMap((row) => checkedEnds(row, name));
  const across = axisEncoding(x, domainOf(numbers, x.scale, 0.06));
  const domain = rows.map(({ label }) => label);
  const axis = {
    grid: false,
    ticks: false,
    domain: false,
    labelLimit: 0,
    labelFlush: false,
  };
  return {
    title: headingOf(options, notesOf(options)),
    width: plotWidth(rows, decimals),
    height: rowHeight * rows.length,
    data: { values: rows.map((row) => dataOf(row, decimals)) },
    encoding: {
      y: {
        field: "label",
        type: "nominal",
        title: null,
        scale: { domain },
        axis,
      },
    },
    layer: layersOf(across),
  };
}

/** What labels and numbers leave of the width of a figure. */
function plotWidth(rows: readonly IntervalRow[], decimals: number): number {
  const longest = (textOfRow: (row: IntervalRow) => string) =>
    Math.max(...rows.map((row) => textOfRow(row).length));
  const labels = longest(({ label }) => label);
  const numbers = longest(({ value, lower = value, upper = value }) =>
    textOf(value, lower, upper, decimals)
  );
  const left = FIGURE_WIDTH - LETTER_WIDTH * (labels + numbers);
  return Math.round(Math.min(400, Math.max(180, left)));
}

/** All numbers of a row, each of which needs a place on the axis. */
function checkedEnds(row: IntervalRow, name: string): readonly number[] {
  const {
    label,
    value,
    lower = value,
    upper = value,
    expected = [value, value],
  } = row;
  const numbers = [value, lower, upper, ...expected];
  const isOrdered = lower <= value && value <= upper &&
    expected[0] <= expected[1];
  if (!numbers.every(Number.isFinite) || !isOrdered) {
    throw new RangeError(
      `Expected finite ends in order for "${label}" in ${name} but found ${
        numbers.join(", ")
      }`,
    );
  }
  return numbers;
}

function dataOf(row: IntervalRow, decimals: number): object {
  const { label, value, lower = value, upper = value, expected } = row;
  const [low, high] = expected ?? [-Infinity, Infinity];
  return {
    label,
    value,
    lower,
    upper,
    ...(expected ? { low, high } : {}),
    isExpected: low <= value && value <= high,
    text: textOf(value, lower, upper, decimals),
  };
}

/**
 * The number as printed: -98.71 ± 0.12, or both ends where they are not equally far, with decimals enough for the first
 * digit of a distance of a millionth or more.
 */
function textOf(
  value: number,
  lower: number,
  upper: number,
  decimals: number,
): string {
  const distances = [value - lower, upper - value].filter((one) => one > 0);
  const least = -Math.floor(Math.log10(Math.min(...distances))); // decimals of its first digit
  const digits = Math.min(MOST_DECIMALS, Math.max(decimals, least));
  const print = (x: number) => x.toFixed(digits).replace("-", "\u2212");
  if (lower === upper) return print(value);
  const below = print(value - lower);
  const above = print(upper - value);
  if (below === above) return `${print(value)} ± ${above}`;
  return `${print(value)} (${print(lower)} to ${print(upper)})`;
}

function layersOf(across: PositionEncoding): Layer[] {
  const [inside, outside, band] = okabeIto;
  const isOutside = "!datum.isExpected";
  const color = {
    condition: { test: isOutside, value: outside ?? "" },
    value: inside,
  };
  const shape = {
    condition: { test: isOutside, value: "diamond" },
    value: "circle",
  };
  return [{
    transform: [{ filter: "isValid(datum.low)" }],
    mark: {
      type: "bar",
      color: band ?? "",
      opacity: 0.22,
      height: 0.64 * rowHeight,
    },
    encoding: { x: { ...across, field: "low" }, x2: { field: "high" } },
  }, {
    mark: { type: "rule", strokeWidth: 1.6 },
    encoding: {
      x: { ...across, field: "lower" },
      x2: { field: "upper" },
      color,
    },
  }, {
    mark: { type: "point", filled: true, opacity: 1, size: 60 },
    encoding: { x: { ...across, field: "value" }, color, shape },
  }, {
    mark: {
      type: "text",
      align: "left",
      color: ink.label,
      dx: 12,
      fontSize: 10,
    },
    encoding: { x: { value: "width" }, text: { field: "text" } },
  }];
}

function notesOf({ rows, interval }: IntervalChartOptions): readonly string[] {
  const bars = interval ? [`bars: ${interval}`] : [];
  const bands = rows.some(({ expected }) => expected)
    ? ["shaded: expected"]
    : [];
  const notes = [...bars, ...bands].join("; ");
  return notes ? [notes] : [];
}
