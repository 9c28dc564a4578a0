/**
 * Points coloured by class, such as latent means by digit.
 * @module
 */
import type { TopLevelSpec } from "vega-lite";
import type { FigureFiles } from "../core/context.ts";
import { axisEncoding, domainOf } from "./axis_scale.ts";
import { drawPlot } from "./render_plot.ts";
import { type Position, spreadLabels } from "./spread_labels.ts";
import { type Heading, headingOf, ink, petroff } from "./theme.ts";

/** Most points of a figure; more would hide one another. */
const mostPoints = 3000;

/** What a scatter chart shows. */
export interface ScatterChartOptions extends Heading {
  /** The file name, without ending. */
  readonly name: string;
  /** Coordinates, [point, dimension], row by row; all finite. */
  readonly points: Float32Array;
  /** The name of each dimension, two or three, such as "z₁" and "z₂". */
  readonly dimensions: readonly string[];
  /** The class of each point, [point], as an index into `classNames`. */
  readonly classes: ArrayLike<number>;
  /** The name of each class, at most ten. */
  readonly classNames: readonly string[];
  /** What the classes are, such as "digit". */
  readonly classTitle: string;
}

type Layer = Extract<TopLevelSpec, { layer: unknown }>["layer"][number];

type Plane = readonly [across: number, up: number];

/** One point, or the middle of a class. */
interface Place {
  readonly name: string;
  readonly at: readonly number[];
}

/**
 * Draws points in the plane, or in the three planes of a space, on equal axes.
 *
 * The name of a class stands at the median of its points, so that colour alone need not tell the classes apart. Of
 * more than 3,000 points every k-th is drawn, and the subtitle says so.
 *
 * @param options What to draw.
 * @returns The figure.
 * @throws {RangeError} If there is no point, one that is not finite or has no class, too many classes, or neither two
 * nor three dimensions.
 */
export function scatterChart(
  options: ScatterChartOptions,
): Promise<FigureFiles> {
  return drawPlot(options.name, scatterSpec(options));
}

function scatterSpec(options: ScatterChartOptions): TopLevelSpec {
  const { dimensions, classNames, classTitle } = options;
  const all = placesOf(options);
  const stride = Math.ceil(all.length / mostPoints);
  const places = all.filter((_, i) => i % stride === 0);
  const ends = domainOf(all.flatMap(({ at }) => at), "linear", 0.03);
  const middles = classNames.flatMap((name) => middleOf(name, all));
  const color = {
    field: "class",
    type: "nominal",
    title: classTitle,
    scale: {
      domain: [...classNames],
      range: petroff.slice(0, classNames.length),
    },
    legend: { symbolType: "circle", symbolOpacity: 1, symbolSize: 60 },
  } as const;
  const counts = [places.length, all.length].map((n) => n.toLocaleString("en"));
  return {
    title: headingOf(
      options,
      stride > 1 ? [`${counts.join(" of ")} points`] : [],
    ),
    data: { values: places.map(asRow) },
    spacing: 24,
    hconcat: planesOf(dimensions.length).map((plane) => {
      const [across, up] = plane;
      const size = dimensions.length === 2 ? 380 : 240;
      const encode = (d: number) => ({
        ...axisEncoding({ title: dimensions[d] ?? "" }, ends),
        field: `z${d}`,
      });
      const unitsPerPixel = (ends[1] - ends[0]) / size;
      return {
        width: size,
        height: size,
        encoding: { x: encode(across), y: encode(up) },
        layer: [{
          mark: { type: "circle", size: 9, opacity: 0.7 },
          encoding: { color },
        }, ...nameLayers(middles, plane, 15 * unitsPerPixel)],
      };
    }),
    resolve: { scale: { color: "shared" } },
  };
}

/** The planes of two or three dimensions, as pairs of dimensions. */
function planesOf(dimensions: number): readonly Plane[] {
  return dimensions === 2 ? [[0, 1]] : [[0, 1], [0, 2], [1, 2]];
}

function placesOf(options: ScatterChartOptions): readonly Place[] {
  const { name, points, dimensions, classes, classNames } = options;
  const depth = dimensions.length;
  if (depth !== 2 && depth !== 3) {
    throw new RangeError(
      `Expected 2 or 3 dimensions in ${name} but found ${depth}`,
    );
  }
  if (classNames.length > petroff.length) {
    throw new RangeError(
      `Expected at most ${petroff.length} classes in ${name} but found ${classNames.length}`,
    );
  }
  if (classes.length === 0 || points.length !== classes.length * depth) {
    throw new RangeError(
      `Expected ${depth} coordinates for each class in ${name} but found ${points.length} for ${classes.length}`,
    );
  }
  return Array.from(classes, (index, i) => {
    const at = [...points.subarray(i * depth, (i + 1) * depth)];
    const label = classNames[index];
    if (label === undefined || !at.every(Number.isFinite)) {
      throw new RangeError(
        `Expected a finite point of a known class in ${name} but found (${
          at.join(", ")
        }) of class ${index} at ${i}`,
      );
    }
    return { name: label, at };
  });
}

/** Median of each coordinate, unless the class is empty. */
function middleOf(name: string, places: readonly Place[]): readonly Place[] {
  const own = places.filter((place) => place.name === name);
  const [first] = own;
  if (first === undefined) return [];
  const at = first.at.map((_, d) => {
    const sorted = own.map((place) => place.at[d] ?? 0).sort((a, b) => a - b);
    return sorted[sorted.length >> 1] ?? 0;
  });
  return [{ name, at }];
}

/** Four decimals, more than a picture shows, keep the specification short. */
function asRow({ name, at }: Place): object {
  const coordinates = at.map((z, d) => [`z${d}`, Number(z.toFixed(4))]);
  return { class: name, ...Object.fromEntries(coordinates) };
}

/** Names in dark ink over a white halo, moved apart where classes share a place. */
function nameLayers(
  middles: readonly Place[],
  [across, up]: Plane,
  distance: number,
): readonly Layer[] {
  const positions = middles.map((
    { at },
  ): Position => [at[across] ?? 0, at[up] ?? 0]);
  const rows = spreadLabels(positions, distance).map(([x, y], i) => ({
    class: middles[i]?.name,
    [`z${across}`]: x,
    [`z${up}`]: y,
  }));
  const data = { values: rows };
  const text = { type: "text", fontSize: 12, fontWeight: 700 } as const;
  const encoding = { text: { field: "class" } } as const;
  return [{
    data,
    mark: { ...text, stroke: "white", strokeWidth: 3.5, strokeJoin: "round" },
    encoding,
  }, { data, mark: { ...text, color: ink.title }, encoding }];
}
