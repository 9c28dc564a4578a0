import {
  assertEquals,
  assertMatch,
  assertRejects,
  assertStringIncludes,
} from "@std/assert";
import {
  imageGrid,
  type ImageGridOptions,
} from "../../../pipelines/charts/image_grid.ts";
import { readPng, svgSize } from "./read_png.ts";

/** Two grids of images of one pixel: black and grey, white and black. */
const grids: ImageGridOptions = {
  name: "samples",
  title: "Samples",
  imageShape: [1, 1],
  scale: 10,
  grids: [
    {
      title: "before",
      images: Float32Array.of(0, 0.6),
      columns: 2,
      rowLabels: ["row"],
      columnLabels: ["a", "b"],
    },
    { title: "after", images: Float32Array.of(1, 0), columns: 1 },
  ],
};

Deno.test("imageGrid() draws a PNG of twice the size of its SVG, the same at each call", async () => {
  const figure = await imageGrid(grids);
  const { width, height } = await readPng(figure.png);
  assertEquals([width / 2, height / 2], [...svgSize(figure.svg)]);
  assertEquals(await imageGrid(grids), figure);
});

Deno.test("imageGrid() draws every pixel of an image with its own grey, unsmoothed", async () => {
  const { png } = await imageGrid({
    ...grids,
    grids: [{ images: Float32Array.of(0, 0.6), columns: 2 }],
    title: "",
  });
  const { width, height, at } = await readPng(png);
  const counts = new Map<string, number>();
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      counts.set(at(x, y), (counts.get(at(x, y)) ?? 0) + 1);
    }
  }
  counts.delete("255,255,255");
  assertEquals(counts, new Map([["0,0,0", 400], ["153,153,153", 400]])); // (2 * 10)^2 pixels each
});

Deno.test("imageGrid() embeds its pixels in the SVG, to be shown unsmoothed", async () => {
  const { svg } = await imageGrid(grids);
  const urls = [...svg.matchAll(/href="(data:image\/png;base64,[^"]+)"/g)].map((
    [, url],
  ) => url ?? "");
  const sizes = await Promise.all(urls.map(async (url) => {
    const { width, height } = await readPng(url);
    return [width, height];
  }));
  assertEquals(sizes, [[21, 10], [10, 21]]); // a line of one pixel between two tiles
  assertMatch(svg, /image-rendering: pixelated/);
});

Deno.test("imageGrid() names grids, rows and columns", async () => {
  const { svg } = await imageGrid(grids);
  for (const text of ["Samples", "before", "after", "row", "a", "b"]) {
    assertStringIncludes(svg, `>${text}<`);
  }
});

Deno.test("imageGrid() by itself enlarges an image to at most 56 pixels, and a figure to 720", async () => {
  const widthOf = async (columns: number) => {
    const images = new Float32Array(columns * 4);
    const { svg } = await imageGrid({
      name: "wide",
      title: "",
      imageShape: [2, 2],
      grids: [{ images, columns }],
    });
    return Number(/<image[^>]* width="(\d+)"/.exec(svg)?.[1]);
  };
  assertEquals(await widthOf(1), 56);
  assertEquals(await widthOf(20), 20 * 36 + 19); // 720 / 20 = 36, with 19 lines between
});

Deno.test("imageGrid() refuses what it cannot draw", async () => {
  const refuse = (wrong: ImageGridOptions["grids"], reason: string) =>
    assertRejects(
      () => imageGrid({ ...grids, grids: wrong }),
      RangeError,
      reason,
    );
  await refuse([], "Expected a grid in samples but found none");
  await refuse([{ images: Float32Array.of(2), columns: 1 }], "found 2 at 0");
  await refuse([{ images: new Float32Array(0), columns: 1 }], "found 0 values");
});
