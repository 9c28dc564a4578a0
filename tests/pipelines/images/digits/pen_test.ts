import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import {
  drawCentred,
  type Path,
  SIDE,
} from "../../../../pipelines/images/digits/pen.ts";

function draw(paths: readonly Path[], radius: number): Uint8Array {
  const pixels = new Uint8Array(SIDE * SIDE).fill(7); // what was there is to go
  drawCentred(paths, radius, pixels);
  return pixels;
}

Deno.test("drawCentred() fills 20 pixels along the longer side", () => {
  const pixels = draw([[[0, 0], [0, 5]]], 1); // a vertical line of any length
  const rows = Array.from(
    { length: SIDE },
    (_, row) =>
      pixels.subarray(row * SIDE, (row + 1) * SIDE).some((grey) => grey >= 128),
  );
  assertEquals(rows.indexOf(true), 4);
  assertEquals(rows.lastIndexOf(true), 23);
});

Deno.test("drawCentred() puts the centre of mass into the middle", () => {
  // An L is heavy at the lower left.
  const pixels = draw([[[0, 0], [0, 10]], [[0, 10], [8, 10]]], 1.5);
  let [mass, x, y] = [0, 0, 0];
  pixels.forEach((grey, at) => {
    mass += grey;
    x += grey * (at % SIDE + 0.5);
    y += grey * (Math.floor(at / SIDE) + 0.5);
  });
  // Shifts are whole pixels: half a pixel is the largest rounding, and grey values round by less.
  assertAlmostEquals(x / mass, SIDE / 2, 0.51);
  assertAlmostEquals(y / mass, SIDE / 2, 0.51);
});

Deno.test("drawCentred() draws a soft edge of the pen's width", () => {
  // A vertical line in the middle, x = 14: pixel centres lie 0.5 (inside), 1.5 (on the edge: half) and 2.5 away.
  const pixels = draw([[[0, 0], [0, 1]]], 1.5);
  const row = [...pixels.subarray(14 * SIDE, 15 * SIDE)];
  const half = row[12]!;
  assertAlmostEquals(half, 127.5, 0.5); // either way of rounding
  assertEquals(row.slice(11, 17), [0, half, 255, 255, half, 0]);
});

Deno.test("drawCentred() stays inside the image for a lopsided drawing", () => {
  const pixels = draw([[[0, 0], [1, 0]], [[0, 0], [0, 0.01]]], 0.7);
  assert(pixels.some((grey) => grey > 0));
  assertEquals(pixels.length, SIDE * SIDE);
});
