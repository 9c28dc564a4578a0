/**
 * Grids of grey or coloured images, such as samples before and after training.
 * @module
 */
import type { TopLevelSpec } from "vega-lite";
import type { FigureFiles } from "../core/context.ts";
import { loadSkia, type Skia } from "../core/skia.ts";
import { drawPlot } from "./render_plot.ts";
import { type Heading, headingOf, ink, panelTitle } from "./theme.ts";
import {
  type PixelNumbers,
  separator,
  tiledLength,
  type TiledPicture,
  tileImages,
} from "./tile_images.ts";

/** Images in rows and columns. */
export interface ImageGrid {
  /** What sets it apart from its neighbours, such as "after epoch 20". */
  readonly title?: string;
  /** Values in [0, 1], from black to white, [image, height, width], of coloured images [image, height, width, 3]. */
  readonly images: Float32Array;
  /** Images in a row. */
  readonly columns: number;
  /** A name for each row, from the top. */
  readonly rowLabels?: readonly string[];
  /** A name for each column, from the left. */
  readonly columnLabels?: readonly string[];
}

/** What an image grid shows. */
export interface ImageGridOptions extends Heading {
  /** The file name, without ending. */
  readonly name: string;
  /** Height and width of an image, in pixels. */
  readonly imageShape: readonly [number, number];
  /** The grids, side by side. */
  readonly grids: readonly ImageGrid[];
  /** Pixels of the SVG along a side of an image's pixel; by default as many as fit 720 pixels in all, and 56 for an image. */
  readonly scale?: number;
  /** Numbers of a pixel: 3 for red, green and blue; 1, grey, unless given. */
  readonly numbers?: PixelNumbers;
}

type Concat = Extract<TopLevelSpec, { hconcat: unknown }>;
type Layer = Extract<TopLevelSpec, { layer: unknown }>["layer"][number];

/** Widths that a figure and an image in it should not exceed, in pixels. */
const figureWidth = 720;
const imageWidth = 56;

/**
 * Draws grids of images, enlarged without smoothing.
 *
 * @param options What to draw.
 * @returns The figure; its SVG and its specification hold each grid as a PNG in a data URL.
 * @throws {RangeError} If there is no grid, or one without whole images of values in [0, 1].
 */
export async function imageGrid(
  options: ImageGridOptions,
): Promise<FigureFiles> {
  const { name, imageShape, grids, numbers = 1 } = options;
  if (grids.length === 0) {
    throw new RangeError(`Expected a grid in ${name} but found none`);
  }
  const skia = await loadSkia();
  const scale = options.scale ?? scaleOf(options);
  return drawPlot(name, {
    title: headingOf(options),
    spacing: 20,
    hconcat: grids.map((grid) => {
      const { images, columns } = grid;
      const picture = tileImages(images, {
        imageShape,
        columns,
        scale,
        numbers,
      });
      const [height, width] = imageShape;
      return gridSpec(grid, picture, urlOf(picture, numbers, skia), [
        height * scale,
        width * scale,
      ]);
    }),
  });
}

function scaleOf({ imageShape, grids }: ImageGridOptions): number {
  const [, width] = imageShape;
  const columns = grids.reduce((sum, grid) => sum + grid.columns, 0);
  const widest = Math.min(imageWidth, figureWidth / columns);
  return Math.max(1, Math.floor(widest / width));
}

function urlOf(
  { width, height, values }: TiledPicture,
  numbers: PixelNumbers,
  skia: Skia,
): string {
  const canvas = skia.createCanvas(width, height);
  const rgba = new Uint8ClampedArray(4 * width * height).fill(255);
  for (let i = 0; i < width * height; i++) {
    for (let c = 0; c < 3; c++) {
      rgba[4 * i + c] = values[i * numbers + c % numbers]!; // a number of the pixel
    }
  }
  const pixels = new skia.ImageData(rgba, width, height);
  canvas.getContext("2d").putImageData(pixels, 0, 0);
  return canvas.toDataURL("image/png");
}

function gridSpec(
  { title, rowLabels = [], columnLabels = [] }: ImageGrid,
  { width, height }: TiledPicture,
  url: string,
  [tileHeight, tileWidth]: readonly [number, number],
): Concat["hconcat"][number] {
  const middle = (tile: number, length: number) =>
    tiledLength(tile, length) + separator + length / 2;
  return {
    ...(title ? { title: panelTitle(title) } : {}),
    width,
    height,
    layer: [
      {
        data: { values: [{ url }] },
        mark: {
          type: "image",
          width,
          height,
          align: "left",
          baseline: "top",
          smooth: false,
        },
        encoding: { url: { field: "url" }, x: { value: 0 }, y: { value: 0 } },
      },
      labelLayer(
        rowLabels.map((text, i) => ({ text, x: -6, y: middle(i, tileHeight) })),
        "right",
        "middle",
      ),
      labelLayer(
        columnLabels.map((text, i) => ({
          text,
          x: middle(i, tileWidth),
          y: -5,
        })),
        "center",
        "bottom",
      ),
    ],
  };
}

function labelLayer(
  values: readonly {
    readonly text: string;
    readonly x: number;
    readonly y: number;
  }[],
  align: "right" | "center",
  baseline: "middle" | "bottom",
): Layer {
  const pixel = { type: "quantitative", scale: null, axis: null } as const;
  return {
    data: { values: [...values] },
    mark: { type: "text", align, baseline, color: ink.label, fontSize: 10 },
    encoding: {
      x: { field: "x", ...pixel },
      y: { field: "y", ...pixel },
      text: { field: "text" },
    },
  };
}
