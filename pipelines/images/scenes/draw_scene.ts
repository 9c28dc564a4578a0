/**
 * Scenes as pictures.
 * @module
 */
import type { Key } from "../../core/random/key.ts";
import { uniform } from "../../core/random/uniform.ts";
import { redraw } from "./pen.ts";
import { type Colour, colours, type Scene } from "./scene.ts";

/** Side of a scene. */
export const sceneSide = 32;

/** Numbers of a scene: red, green and blue of each pixel. */
export const sceneLength: number = 3 * sceneSide ** 2;

/** Side of a digit as it comes, and what is cut off all around. */
const DIGIT = 28;
const CUT = 2;

/** Side of a digit in a scene. */
export const boxSide = 16;

/** How far a colour may be from its name's, in 255ths. */
const SHADE = 12;

/** How far digits may be from their places: along the way to the next place, and across it. */
const NEAR = 1;
const FAR = 3;

/** The upper left corner of a digit that is alone, or of one of two. */
type Corner = readonly [x: number, y: number];

/**
 * Draws a scene.
 *
 * @param scene What it shows.
 * @param digits Images of its digits in the order in which they are named, bytes, [28 * 28] each.
 * @param key Decides shades and exact places.
 * @returns Bytes, [32, 32, 3].
 */
export function drawScene(
  scene: Scene,
  digits: readonly ArrayLike<number>[],
  key: Key,
): Uint8Array<ArrayBuffer> {
  const drawn = uniform(key, 6 + 2 * digits.length);
  const ink = shade(scene.ink, drawn.subarray(0, 3));
  const ground = shade(scene.ground, drawn.subarray(3, 6));
  const cover = new Float32Array(sceneSide ** 2);
  cornersOf(scene, drawn.subarray(6)).forEach(([left, top], i) => {
    const box = shrink(redraw(digits[i]!, scene.thickness)); // one for each
    box.forEach((value, j) => {
      const x = left + j % boxSide;
      const y = top + Math.floor(j / boxSide);
      const at = y * sceneSide + x;
      cover[at] = Math.max(cover[at]!, value); // inside, by the corners
    });
  });
  const pixels = new Uint8Array(sceneLength);
  for (let i = 0; i < sceneLength; i++) {
    const part = Math.min(1, 1.2 * cover[Math.floor(i / 3)]!); // a pixel
    const [from, to] = [ground[i % 3]!, ink[i % 3]!]; // three colours
    pixels[i] = Math.round(from + part * (to - from));
  }
  return pixels;
}

function shade(name: Colour, drawn: Float32Array): readonly number[] {
  return colours[name].map((value, i) => {
    const shaded = value + SHADE * (2 * drawn[i]! - 1); // three were drawn
    return Math.min(255, Math.max(0, shaded));
  });
}

/** Where the digits begin, moved a little. */
function cornersOf(
  { placed }: Scene,
  drawn: Float32Array,
): readonly Corner[] {
  const free = sceneSide - boxSide;
  const middle = free / 2;
  const move = (i: number, by: number) => Math.round(by * (2 * drawn[i]! - 1)); // two for each digit
  const inside = (value: number) => Math.min(free, Math.max(0, value));
  if ("place" in placed) {
    const { place } = placed;
    const isAcross = place === "left" || place === "right";
    const x = place === "left" ? 0 : place === "right" ? free : middle;
    const y = place === "top" ? 0 : place === "bottom" ? free : middle;
    const [byX, byY] = place === "middle"
      ? [NEAR, NEAR]
      : isAcross
      ? [NEAR, FAR]
      : [FAR, NEAR];
    return [[inside(x + move(0, byX)), inside(y + move(1, byY))]];
  }
  const { relation } = placed;
  const isBeside = relation === "left of" || relation === "right of";
  const isFirst = relation === "left of" || relation === "above";
  return [0, 1].map((i): Corner => {
    const along = (i === 0) === isFirst ? 0 : free;
    const across = middle + move(2 * i, FAR);
    return isBeside ? [along, inside(across)] : [inside(across), along];
  });
}

/** How much of each pixel of a digit, and from which on, lies in a pixel of the box. */
const shares = Array.from({ length: boxSide }, (_, i) => {
  const ratio = (DIGIT - 2 * CUT) / boxSide;
  const from = i * ratio;
  const first = Math.floor(from);
  const parts = Array.from(
    { length: Math.ceil(from + ratio) - first },
    (_, j) => Math.min(first + j + 1, from + ratio) - Math.max(first + j, from),
  );
  return { first: CUT + first, parts: parts.map((part) => part / ratio) };
});

/** The inner part of a digit at two thirds of its size: each pixel is the mean over 1.5 x 1.5 of the digit's. */
function shrink(ink: Float32Array): Float32Array {
  const box = new Float32Array(boxSide ** 2);
  shares.forEach((down, y) =>
    shares.forEach((across, x) => {
      let sum = 0;
      down.parts.forEach((byRow, i) => {
        const row = (down.first + i) * DIGIT + across.first;
        across.parts.forEach((byColumn, j) =>
          sum += byRow * byColumn * ink[row + j]! // inside
        );
      });
      box[y * boxSide + x] = sum;
    })
  );
  return box;
}
