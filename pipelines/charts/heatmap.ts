/**
 * Values on a regular grid as colours, such as a density over two latent dimensions.
 * @module
 */
import type { TopLevelSpec } from "vega-lite";
import type { FigureFiles } from "../core/context.ts";
import { domainOf } from "./axis_scale.ts";
import { drawPlot } from "./render_plot.ts";
import { type Heading, headingOf, panelTitle } from "./theme.ts";

/** One side of a regular grid. */
export interface GridSide {
  /** What varies along it, and its unit. */
  readonly title: string;
  /** Ends of the axis, at the outer edges of the outermost cells, low to high. */
  readonly range: readonly [number, number];
  /** Cells along it. */
  readonly cells: number;
}

/** Values over one plane. */
export interface HeatmapPanel {
  /** What sets it apart from its neighbours. */
  readonly title?: string;
  /** From left to right. */
  readonly x: GridSide;
  /** From bottom to top. */
  readonly y: GridSide;
  /** One value for each cell, [y, x], row by row from the bottom; a value that is not finite leaves a grey cell. */
  readonly values: ArrayLike<number>;
}

/** What a heatmap shows. */
export interface HeatmapOptions extends Heading {
  /** The file name, without ending. */
  readonly name: string;
  /** The planes, side by side, with one scale of colours. */
  readonly panels: readonly HeatmapPanel[];
  /** What the colours mean, and their unit. */
  readonly valueTitle: string;
}

type Concat = Extract<TopLevelSpec, { hconcat: unknown }>;

/** Width and height of a panel before it is fitted to whole pixels a cell. */
const panelSize = 260;

/**
 * Draws values as colours, from dark blue (low) to yellow (high).
 *
 * @param options What to draw.
 * @returns The figure.
 * @throws {RangeError} If there is no panel, none with a finite value, or one whose values do not fill its cells.
 */
export function heatmap(options: HeatmapOptions): Promise<FigureFiles> {
  return drawPlot(options.name, heatmapSpec(options));
}

function heatmapSpec(options: HeatmapOptions): TopLevelSpec {
  const { name, panels, valueTitle } = options;
  const all = panels.flatMap(({ values }) => Array.from(values));
  const domain = domainOf(all); // throws where nothing is finite
  return {
    title: headingOf(options),
    spacing: 24,
    hconcat: panels.map((panel) => panelSpec(panel, name, valueTitle, domain)),
    resolve: { scale: { color: "shared" } },
  };
}

function panelSpec(
  panel: HeatmapPanel,
  name: string,
  valueTitle: string,
  domain: readonly [number, number],
): Concat["hconcat"][number] {
  const { x, y, values, title } = panel;
  if (values.length !== x.cells * y.cells) {
    throw new RangeError(
      `Expected ${y.cells} x ${x.cells} values in ${name} but found ${values.length}`,
    );
  }
  const rows = Array.from(values, (value, i) => ({
    x: i % x.cells,
    y: Math.floor(i / x.cells),
    value: Number(value.toPrecision(6)),
  })).filter(({ value }) => Number.isFinite(value));
  return {
    ...(title ? { title: panelTitle(title) } : {}),
    width: pixelsOf(x),
    height: pixelsOf(y),
    view: { fill: "#d9d9d9" },
    data: { values: rows },
    transform: [...cellEnds("x", x), ...cellEnds("y", y)],
    mark: { type: "rect" },
    encoding: {
      x: { field: "x0", ...sideEncoding(x) },
      x2: { field: "x1" },
      y: { field: "y0", ...sideEncoding(y) },
      y2: { field: "y1" },
      color: {
        field: "value",
        type: "quantitative",
        title: valueTitle,
        scale: { domain: [...domain], scheme: "viridis" },
        legend: { gradientLength: 200, tickCount: 5 },
      },
    },
  };
}

/** Whole pixels a cell: between cells that share a pixel, the ground shines through. */
function pixelsOf({ cells }: GridSide): number {
  return cells * Math.max(1, Math.round(panelSize / cells));
}

function cellEnds(name: string, { range: [low, high], cells }: GridSide) {
  const width = (high - low) / cells;
  return [
    { calculate: `${low} + ${width} * datum.${name}`, as: `${name}0` },
    { calculate: `${low} + ${width} * (datum.${name} + 1)`, as: `${name}1` },
  ];
}

function sideEncoding({ title, range }: GridSide) {
  return {
    type: "quantitative" as const,
    title,
    scale: { domain: [...range], nice: false },
    axis: { grid: false, tickCount: 5 },
  };
}
