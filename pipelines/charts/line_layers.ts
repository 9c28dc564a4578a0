/**
 * Bands, lines and reference lines of one panel as Vega-Lite writes them.
 * @module
 */
import type { TopLevelSpec } from "vega-lite";
import type {
  LineChartOptions,
  LineSeries,
  ReferenceRule,
} from "./line_chart_options.ts";
import { ink, okabeIto } from "./theme.ts";
import { isDrawn, type Point } from "./thin_points.ts";

type Layer = Extract<TopLevelSpec, { layer: unknown }>["layer"][number];

/** Lengths of ink and gap along a line, in pixels. */
const dashes = { solid: [1, 0], dashed: [6, 3], dotted: [1.5, 3.5] } as const;

/** A line with more points shows by itself where they are. */
const FEW = 12;

/** Most names of a legend above the panels; a longer one stands beside them. */
const mostAbove = 4;

/**
 * The lines of a panel, above their bands, broad ones below thin ones.
 *
 * @param own The lines of this panel.
 * @param options The whole chart, whose lines share colours and one legend.
 * @returns A layer of bands, two of lines and one of marks, each where there are some.
 */
export function lineLayers(
  own: readonly LineSeries[],
  options: LineChartOptions,
): readonly Layer[] {
  const isBroad = ({ stroke }: LineSeries) => stroke === "broad";
  const parts = [
    { of: own.filter(isBroad), look: { strokeWidth: 7, opacity: 0.35 } },
    { of: own.filter((one) => !isBroad(one)), look: { strokeWidth: 1.6 } },
  ];
  const shared = encodingOf(options);
  return [
    ...bandLayer(own.flatMap(rowsOf), shared),
    ...parts.flatMap(({ of, look }) =>
      of.length === 0 ? [] : [strokeLayer(of.flatMap(rowsOf), look, shared)]
    ),
    ...markLayer(own.flatMap((one) => marksOf(one, options)), shared),
  ];
}

type Shared = ReturnType<typeof encodingOf>;

function encodingOf(options: LineChartOptions) {
  const detail = { field: "part", type: "nominal" } as const;
  return { ...looks(options), detail, x: { field: "x" } as const };
}

function strokeLayer(
  rows: readonly object[],
  look: object,
  { strokeDash, ...shared }: Shared,
): Layer {
  return {
    data: { values: [...rows] },
    mark: { type: "line", strokeCap: "round", clip: true, ...look },
    encoding: { ...shared, y: { field: "y" }, strokeDash },
  };
}

function bandLayer(
  rows: readonly object[],
  { strokeDash: _, ...shared }: Shared,
): readonly Layer[] {
  const bands = rows.filter((row) => "lower" in row);
  return bands.length === 0 ? [] : [{
    data: { values: bands },
    mark: { type: "area", opacity: 0.18, clip: true },
    encoding: { ...shared, y: { field: "lower" }, y2: { field: "upper" } },
  }];
}

/** Marks where a line alone would not show a point, or not show how few there are. */
function markLayer(
  rows: readonly object[],
  { strokeDash: _, ...shared }: Shared,
): readonly Layer[] {
  return rows.length === 0 ? [] : [{
    data: { values: [...rows] },
    mark: { type: "circle", size: 22, opacity: 1 },
    encoding: { ...shared, y: { field: "y" } },
  }];
}

/** All points of a thin line that has few, and points between two gaps. */
function marksOf(
  series: LineSeries,
  { x, y }: Pick<LineChartOptions, "x" | "y">,
): readonly object[] {
  const isInside = (point: Row) =>
    isWithin(point.x, x.domain) && isWithin(point.y, y.domain); // others would widen the figure
  const rows = rowsOf(series).filter(isInside);
  if (series.stroke === "broad") return [];
  if (rows.length <= FEW) return rows;
  const sizes = Map.groupBy(rows, ({ part }) => part);
  return rows.filter(({ part }) => sizes.get(part)?.length === 1);
}

function isWithin(
  value: number,
  [low, high]: readonly [number, number] = [-Infinity, Infinity],
): boolean {
  return low <= value && value <= high;
}

interface Row extends Point {
  readonly series: string;
  readonly part: number;
}

/** The points of a series as rows; each stretch between two gaps is a part of its own. */
function rowsOf({ label, points }: LineSeries): readonly Row[] {
  let part = 0;
  return points.flatMap((point) => {
    if (!isDrawn(point)) part += 1;
    return isDrawn(point) ? [{ series: label, part, ...rounded(point) }] : [];
  });
}

/** Seven digits, more than a picture shows, keep the specification short. */
function rounded(point: Point): Point {
  const entries = Object.entries(point).map((
    [name, value],
  ) => [name, Number(value.toPrecision(7))]);
  return Object.fromEntries(entries) as unknown as Point; // the same names
}

function looks({ series, palette }: LineChartOptions) {
  const byLabel = new Map(
    series.map(({ label, dash = "solid" }) => [label, dashes[dash]] as const),
  );
  const domain = [...byLabel.keys()];
  const beside = domain.length > mostAbove;
  const legend = domain.length === 1 ? null : {
    orient: beside ? "right" : "top",
    direction: beside ? "vertical" : "horizontal",
    symbolType: "stroke",
    symbolOpacity: 1,
    symbolSize: 300,
    symbolStrokeWidth: 2,
  } as const;
  const range = palette === "sequential"
    ? { scheme: { name: "viridis", extent: [0, 0.9] } } as const // its end is too pale for a line
    : { range: colorsOf(series) };
  const shared = {
    field: "series",
    type: "ordinal",
    title: null,
    sort: null,
    legend,
  } as const;
  const lengths = [...byLabel.values()].map((dash) => [...dash]);
  return {
    color: { ...shared, scale: { domain, ...range } },
    strokeDash: { ...shared, scale: { domain, range: lengths } },
  };
}

/** A colour for each name, in the order of the names. */
function colorsOf(series: readonly LineSeries[]): string[] {
  const names = [...new Set(series.map(({ label }) => label))];
  const owner = new Map(
    series.map(({ label, colorOf = label }) => [label, colorOf] as const),
  );
  const owners = names.filter((name) => owner.get(name) === name);
  return names.map((name) => {
    const place = owners.indexOf(owner.get(name) ?? name);
    const color = okabeIto[place];
    if (color !== undefined) return color;
    throw new RangeError(
      `Expected a line called "${owner.get(name)}" but found none`,
    );
  });
}

/**
 * A horizontal line with its meaning at its right end, on the side where fewer points are.
 *
 * @param rule The line.
 * @param own The series of this panel.
 * @returns A layer for the line and one for the text.
 */
export function ruleLayers(
  { y, label }: ReferenceRule,
  own: readonly LineSeries[],
): readonly Layer[] {
  const drawn = own.flatMap(({ points }) => points.filter(isDrawn));
  const above = drawn.filter((point) => point.y > y).length;
  const isBelow = above > drawn.length / 2;
  const encoding = { x: { value: "width" }, y: { field: "y" } } as const;
  return [{
    data: { values: [{ y }] },
    mark: { type: "rule", color: ink.label, strokeDash: [4, 3] },
    encoding: { y: { field: "y" } },
  }, {
    data: { values: [{ y, label }] },
    mark: {
      type: "text",
      align: "right",
      baseline: isBelow ? "top" : "bottom",
      color: ink.note,
      dx: -4,
      dy: isBelow ? 4 : -4,
      fontSize: 10,
    },
    encoding: { ...encoding, text: { field: "label" } },
  }];
}
