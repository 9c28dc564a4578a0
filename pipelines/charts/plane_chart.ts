/**
 * Points and curves in the plane, in panels on equal axes.
 * @module
 */
import type { TopLevelSpec } from "vega-lite";
import type { FigureFiles } from "../core/context.ts";
import { axisEncoding } from "./axis_scale.ts";
import { drawPlot } from "./render_plot.ts";
import { type Heading, headingOf, okabeIto, panelTitle } from "./theme.ts";

/** Curves or points of one kind. */
export interface PlaneLayer {
  /** Curves, each drawn from point to point, or points alone. */
  readonly kind: "curves" | "points";
  /** Coordinates, [curve, point, 2] or [point, 2]. */
  readonly points: Float32Array;
  /** Points of each curve; of points alone it says nothing. */
  readonly pointsOfCurve?: number;
  /** Colour of the series, counted from 0. */
  readonly color?: number;
}

/** One picture of the plane. */
export interface PlanePanel {
  /** What sets it apart from its neighbours. */
  readonly title: string;
  /** From the ground up. */
  readonly layers: readonly PlaneLayer[];
}

/** What a plane chart shows. */
export interface PlaneChartOptions extends Heading {
  /** The file name, without ending. */
  readonly name: string;
  /** The panels, in rows. */
  readonly panels: readonly PlanePanel[];
  /** Panels in a row. */
  readonly columns: number;
  /** The part of the plane that is shown, the same in each panel; what lies outside is cut off. */
  readonly view: {
    readonly x: readonly [number, number];
    readonly y: readonly [number, number];
  };
}

type Concat = Extract<TopLevelSpec, { concat: unknown }>;
type Layer = Extract<TopLevelSpec, { layer: unknown }>["layer"][number];

/** Width of a panel, in pixels. */
const SIDE = 190;

/**
 * Draws points and curves, one unit as long upwards as it is across.
 *
 * @param options What to draw.
 * @returns The figure.
 * @throws {RangeError} If there is no panel, or a coordinate is not finite.
 */
export async function planeChart(
  options: PlaneChartOptions,
): Promise<FigureFiles> {
  const { name, panels, columns, view } = options;
  if (panels.length === 0) {
    throw new RangeError(`Expected a panel in ${name} but found none`);
  }
  const unit = SIDE / (view.x[1] - view.x[0]);
  return await drawPlot(name, {
    title: headingOf(options),
    columns,
    spacing: 18,
    concat: panels.map(({ title, layers }): Concat["concat"][number] => ({
      title: panelTitle(title),
      width: SIDE,
      height: Math.round(unit * (view.y[1] - view.y[0])),
      layer: layers.map((layer) => layerSpec(layer, options)),
    })),
  });
}

function layerSpec(
  { kind, points, pointsOfCurve = 1, color = 0 }: PlaneLayer,
  { name, view }: PlaneChartOptions,
): Layer {
  const paint = okabeIto[color % okabeIto.length]!; // within
  const wrong = points.find((value) => !Number.isFinite(value));
  if (wrong !== undefined) {
    throw new RangeError(
      `Expected finite coordinates in ${name} but found ${wrong}`,
    );
  }
  const values = Array.from({ length: points.length / 2 }, (_, i) => ({
    x: Number(points[2 * i]!.toFixed(4)), // pairs
    y: Number(points[2 * i + 1]!.toFixed(4)),
    curve: Math.floor(i / pointsOfCurve),
    at: i,
  }));
  const place = (side: "x" | "y") => ({
    ...axisEncoding({ title: "", domain: view[side] }, view[side], null),
    field: side,
  });
  const encoding = { x: place("x"), y: place("y") };
  if (kind === "points") {
    return {
      data: { values: values.filter((point) => isInside(point, view)) },
      mark: { type: "circle", size: 5, opacity: 0.5, color: paint, clip: true },
      encoding,
    };
  }
  return {
    data: { values },
    mark: { type: "line", strokeWidth: 0.8, color: paint, clip: true },
    encoding: {
      ...encoding,
      detail: { field: "curve", type: "nominal" },
      order: { field: "at", type: "quantitative" },
    },
  };
}

function isInside(
  point: { readonly x: number; readonly y: number },
  { x, y }: PlaneChartOptions["view"],
): boolean {
  return point.x >= x[0] && point.x <= x[1] && point.y >= y[0] &&
    point.y <= y[1];
}
