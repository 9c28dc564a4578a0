/**
 * Values for each pair of words, such as how much a translation looks at its source.
 * @module
 */
import type { TopLevelSpec } from "vega-lite";
import type { FigureFiles } from "../core/context.ts";
import { drawPlot } from "./render_plot.ts";
import { type Heading, headingOf, panelTitle } from "./theme.ts";

/** Values of one pair of sentences. */
export interface WordPanel {
  /** What sets it apart from its neighbours. */
  readonly title?: string;
  /** From left to right; a word may occur twice. */
  readonly columns: readonly string[];
  /** From top to bottom. */
  readonly rows: readonly string[];
  /** One value for each row and column, from 0 to 1, [row][column]. */
  readonly values: readonly (readonly number[])[];
  /** Cells to mark with a frame, as row and column. */
  readonly marked?: readonly (readonly [number, number])[];
}

/** What a heatmap of words shows. */
export interface WordHeatmapOptions extends Heading {
  /** The file name, without ending. */
  readonly name: string;
  /** What the columns are. */
  readonly columnTitle: string;
  /** What the rows are. */
  readonly rowTitle: string;
  /** What the colours mean. */
  readonly valueTitle: string;
  /** Pairs of sentences. */
  readonly panels: readonly WordPanel[];
  /** Panels side by side before the next line of them: 2 unless given. */
  readonly across?: number;
}

/** Side of a cell, in pixels. */
const CELL = 22;

/**
 * Draws values as shades, from white (0) to dark (1), with the words beside them.
 *
 * @param options What to draw.
 * @returns The figure.
 * @throws {RangeError} If there is no panel, or one whose values do not fit its words.
 */
export function wordHeatmap(options: WordHeatmapOptions): Promise<FigureFiles> {
  return drawPlot(options.name, wordHeatmapSpec(options));
}

type Panel = Extract<TopLevelSpec, { concat: unknown }>["concat"][number];

function wordHeatmapSpec(options: WordHeatmapOptions): TopLevelSpec {
  const { name, panels, across = 2 } = options;
  if (panels.length === 0) {
    throw new RangeError(`Expected a panel in ${name} but found none`);
  }
  return {
    title: headingOf(options),
    columns: across,
    spacing: 30,
    concat: panels.map((panel) => panelSpec(panel, options)),
    resolve: { scale: { color: "shared", x: "independent", y: "independent" } },
  };
}

function panelSpec(panel: WordPanel, options: WordHeatmapOptions): Panel {
  const { columns, rows, values, title, marked = [] } = panel;
  const isFull = values.length === rows.length &&
    values.every((row) => row.length === columns.length);
  if (!isFull) {
    throw new RangeError(
      `Expected ${rows.length} x ${columns.length} values in ${options.name} but found ${values.length} rows of ${
        values[0]?.length ?? 0
      }`,
    );
  }
  const cells = values.flatMap((row, y) =>
    row.map((value, x) => ({ x, y, value: Number(value.toPrecision(4)) }))
  );
  const frames = marked.map(([y, x]) => ({ x, y }));
  const axis = (field: "x" | "y", words: readonly string[], title: string) => ({
    field,
    type: "ordinal" as const,
    title,
    scale: { domain: words.map((_, i) => i), padding: 0.04 },
    axis: {
      labelExpr: `${JSON.stringify(words)}[datum.value]`,
      labelLimit: 0,
      labelFontSize: 11,
      labelFlush: false,
      ticks: false,
      domain: false,
      ...field === "x"
        ? {
          orient: "top" as const,
          labelAngle: -50,
          labelAlign: "left" as const,
          labelBaseline: "middle" as const,
        }
        : {},
    },
  });
  const x = axis("x", columns, options.columnTitle);
  const y = axis("y", rows, options.rowTitle);
  return {
    ...title ? { title: panelTitle(title) } : {},
    width: columns.length * CELL,
    height: rows.length * CELL,
    layer: [{
      data: { values: cells },
      mark: { type: "rect", stroke: "#e8e8e8", strokeWidth: 0.5 },
      encoding: {
        x,
        y,
        color: {
          field: "value",
          type: "quantitative",
          title: options.valueTitle,
          scale: {
            domain: [0, 1],
            range: ["#ffffff", "#3182bd", "#08306b"],
            interpolate: "rgb",
          },
          legend: { gradientLength: 140, tickCount: 5 },
        },
      },
    }, {
      data: { values: frames },
      mark: { type: "rect", fill: null, stroke: "#D55E00", strokeWidth: 1.6 },
      encoding: { x, y },
    }],
  };
}
