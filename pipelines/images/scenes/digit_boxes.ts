/**
 * The digits of a scene, cut out where its place says that they are.
 * @module
 */
import { boxSide, sceneSide } from "./draw_scene.ts";
import { places } from "./scene.ts";

/** What is cut out around a digit's usual place. */
const MARGIN = 4;

/** Side of what is cut out. */
export const cutSide: number = boxSide + 2 * MARGIN;

/** The upper left corner of a digit's usual place. */
type Corner = readonly [x: number, y: number];

const FREE = sceneSide - boxSide;
const corners: Readonly<Record<typeof places[number], Corner>> = {
  top: [FREE / 2, 0],
  bottom: [FREE / 2, FREE],
  left: [0, FREE / 2],
  right: [FREE, FREE / 2],
  middle: [FREE / 2, FREE / 2],
};

/**
 * Lists where the digits of a scene are.
 *
 * @param place The answer to the question of the place: one of five, side by side, or one above the other.
 * @returns The only corner, or that of the left or the upper digit and of the other.
 */
export function cornersAt(place: number): readonly Corner[] {
  const name = places[place];
  if (name !== undefined) return [corners[name]];
  return place === places.length
    ? [corners.left, corners.right]
    : [corners.top, corners.bottom];
}

/**
 * Shows the shapes of a scene whatever their colours: the squared distance of each pixel's colour from the mean colour,
 * over the greatest of these.
 *
 * @param scene Bytes, [32, 32, 3].
 * @returns From 0 to 1, [32 * 32]; 0 for a scene of one colour.
 */
export function contrastOf(scene: Uint8Array): Float32Array<ArrayBuffer> {
  const mean = [0, 0, 0];
  const pixels = sceneSide ** 2;
  scene.forEach((value, i) => mean[i % 3]! += value / pixels);
  const contrast = new Float32Array(pixels);
  let greatest = 0;
  for (let i = 0; i < pixels; i++) {
    let sum = 0;
    for (let c = 0; c < 3; c++) sum += (scene[3 * i + c]! - mean[c]!) ** 2; // three colours
    contrast[i] = sum;
    greatest = Math.max(greatest, sum);
  }
  return greatest === 0 ? contrast : contrast.map((sum) => sum / greatest);
}

/**
 * Cuts out a digit with what is around it.
 *
 * @param contrast Of the scene, [32 * 32].
 * @param corner Of the digit's usual place.
 * @returns [24 * 24]; 0 beyond the scene.
 */
export function cutOut(
  contrast: Float32Array,
  [left, top]: Corner,
): Float32Array<ArrayBuffer> {
  const cut = new Float32Array(cutSide ** 2);
  for (let i = 0; i < cut.length; i++) {
    const x = left - MARGIN + i % cutSide;
    const y = top - MARGIN + Math.floor(i / cutSide);
    const isInside = x >= 0 && y >= 0 && x < sceneSide && y < sceneSide;
    if (isInside) cut[i] = contrast[y * sceneSide + x]!; // inside
  }
  return cut;
}
