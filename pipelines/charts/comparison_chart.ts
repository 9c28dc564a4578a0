/**
 * Several numbers of several settings side by side: repeated measurements, their means and errors.
 * @module
 */
import type { TopLevelSpec } from "vega-lite";
import type { FigureFiles } from "../core/context.ts";
import { meanAndError, twoErrorsAbout } from "../statistics/mean_and_error.ts";
import { axisEncoding, domainOf } from "./axis_scale.ts";
import { drawPlot } from "./render_plot.ts";
import { type Heading, headingOf, okabeIto, panelTitle } from "./theme.ts";

/** One number, measured for each setting. */
export interface ComparisonPanel {
  /** What was measured, such as `test/elbo`. */
  readonly title: string;
  /** The title of the axis, mostly the unit. */
  readonly axis: string;
  /** The measurements of each row, one for each repetition; a row may have none. */
  readonly values: readonly (readonly number[])[];
}

/** What a comparison chart shows. */
export interface ComparisonChartOptions extends Heading {
  /** The file name, without ending. */
  readonly name: string;
  /** The settings, from top to bottom; no two are called the same. */
  readonly rows: readonly string[];
  /** The numbers, from left to right; each has an axis of its own. */
  readonly panels: readonly ComparisonPanel[];
  /** What is repeated, such as `seed`. */
  readonly repeated: string;
}

/** Height of a row and width of a panel, in pixels. */
const size = { row: 30, panel: 190 } as const;

/** Panels beside one another. */
const mostBeside = 3;

type Concat = Extract<TopLevelSpec, { concat: unknown }>;
type Panel = Concat["concat"][number];

/**
 * Draws a panel for each number, a row for each setting: each measurement as a circle, their mean as a dot with two
 * standard errors on either side.
 *
 * @param options What to draw.
 * @returns The figure.
 * @throws {RangeError} If there is no row, no panel, a panel without a measurement, or one that is not finite.
 *
 * @example Two settings, three seeds each
 * ```ts
 * import { comparisonChart } from "@lowerbound/lowerbound/charts";
 *
 * const figure = await comparisonChart({
 *   name: "latents",
 *   title: "More latents",
 *   rows: ["latent 2", "latent 5"],
 *   panels: [{
 *     title: "test/elbo",
 *     axis: "nats per image",
 *     values: [[-150.2, -149.1, -151], [-139.7, -140.1, -139.2]],
 *   }],
 *   repeated: "seed",
 * });
 * console.log(figure.svg.length > 0); // true
 * ```
 */
export function comparisonChart(
  options: ComparisonChartOptions,
): Promise<FigureFiles> {
  return drawPlot(options.name, comparisonSpec(options));
}

function comparisonSpec(options: ComparisonChartOptions): TopLevelSpec {
  const { name, rows, panels, repeated } = options;
  if (rows.length === 0 || panels.length === 0) {
    throw new RangeError(
      `Expected a row and a panel in ${name} but found ${rows.length} and ${panels.length}`,
    );
  }
  const isRepeated = panels.some(({ values }) =>
    values.some(({ length }) => length > 1)
  );
  const notes = isRepeated
    ? [`circles: each ${repeated}; dots: means; bars: ± 2 standard errors`]
    : [];
  const columns = panels.length === 4 ? 2 : Math.min(panels.length, mostBeside);
  return {
    title: headingOf(options, notes),
    columns,
    spacing: { row: 18, column: 22 },
    concat: panels.map((panel, i) =>
      panelSpec(options, panel, i % columns === 0)
    ),
  };
}

function panelSpec(
  { name, rows }: ComparisonChartOptions,
  { title, axis, values }: ComparisonPanel,
  isFirst: boolean,
): Panel {
  const [color = ""] = okabeIto;
  const means = rows.flatMap((label, i) => {
    const own = values[i] ?? [];
    if (own.length === 0) return [];
    const mean = meanAndError(own);
    return [{ label, mean: mean.mean, ...twoErrorsAbout(mean) }];
  });
  const numbers = [
    ...values.flat(),
    ...means.flatMap(({ lower, upper }) => [lower, upper]),
  ];
  if (numbers.length === 0 || !numbers.every(Number.isFinite)) {
    throw new RangeError(
      `Expected finite measurements of ${title} in ${name} but found ${
        numbers.join(", ") || "none"
      }`,
    );
  }
  const each = rows.flatMap((label, i) => {
    const own = values[i] ?? [];
    return own.length > 1 ? own.map((value) => ({ label, value })) : [];
  });
  const across = axisEncoding(
    { title: axis },
    domainOf(numbers, "linear", 0.1),
  );
  const labels = {
    ticks: false,
    domain: false,
    labelLimit: 0,
    labelFlush: false,
    labels: isFirst,
  };
  return {
    title: panelTitle(title),
    width: size.panel,
    height: size.row * rows.length,
    encoding: {
      y: {
        field: "label",
        type: "nominal",
        title: null,
        scale: { domain: [...rows] },
        axis: labels,
      },
    },
    layer: [{
      data: { values: each },
      mark: {
        type: "point",
        filled: false,
        color,
        opacity: 0.55,
        size: 28,
        yOffset: 8,
      },
      encoding: { x: { ...across, field: "value" } },
    }, {
      data: { values: means },
      mark: { type: "rule", color, strokeWidth: 1.8 },
      encoding: {
        x: { ...across, field: "lower" },
        x2: { field: "upper" },
      },
    }, {
      data: { values: means },
      mark: { type: "point", filled: true, color, opacity: 1, size: 40 },
      encoding: { x: { ...across, field: "mean" } },
    }],
  };
}
