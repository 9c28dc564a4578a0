/**
 * Where the strokes of a scene are, whatever their colour.
 * @module
 */
import { sceneLength, sceneSide } from "./draw_scene.ts";

/** How far a pixel's colour is from the ground's where there is a stroke, in 255ths. */
const FAR = 60;

/** Where the strokes of a scene are. */
export interface Strokes {
  /** 1 where there is a stroke, [32 * 32]. */
  readonly mask: Uint8Array;
  /** Mean place of all strokes, in pixels from the left and the top; the middle where there are none. */
  readonly centre: readonly [x: number, y: number];
}

/**
 * Finds the strokes of a scene: what differs from the ground, whose colour is the median of all pixels.
 *
 * @param scene Bytes, [32, 32, 3].
 * @returns Their places.
 */
export function strokesOf(scene: Uint8Array): Strokes {
  const ground = [0, 1, 2].map((c) =>
    median(scene.filter((_, i) => i % 3 === c))
  );
  const mask = new Uint8Array(sceneLength / 3);
  let [count, x, y] = [0, 0, 0];
  for (let i = 0; i < mask.length; i++) {
    const distance = Math.hypot(
      ...ground.map((value, c) => scene[3 * i + c]! - value), // a pixel
    );
    if (distance < FAR) continue;
    mask[i] = 1;
    count++;
    x += i % sceneSide;
    y += Math.floor(i / sceneSide);
  }
  const middle = (sceneSide - 1) / 2;
  return {
    mask,
    centre: count === 0 ? [middle, middle] : [x / count, y / count],
  };
}

/**
 * How much the strokes of two scenes overlap: pixels in both over pixels in either.
 *
 * @returns From 0, nowhere, to 1, equal; 1 where neither scene has strokes.
 */
export function overlapOf(a: Strokes, b: Strokes): number {
  let [both, either] = [0, 0];
  a.mask.forEach((value, i) => {
    both += value & b.mask[i]!; // as many
    either += value | b.mask[i]!;
  });
  return either === 0 ? 1 : both / either;
}

/** How far the strokes of a scene are from those of another, in pixels. */
export function shiftOf(a: Strokes, b: Strokes): number {
  return Math.hypot(a.centre[0] - b.centre[0], a.centre[1] - b.centre[1]);
}

function median(values: Uint8Array): number {
  return values.toSorted()[values.length >> 1]!; // there are values
}
