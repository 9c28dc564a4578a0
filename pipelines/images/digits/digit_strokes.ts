/**
 * How digits are written: the paths of the pen.
 * @module
 */

/** A point of a path, x to the right and y down in a unit box; a corner breaks the curve. */
export type Point = readonly [x: number, y: number, kind?: "corner"];

/** One movement of the pen, from point to point along a smooth curve. */
export type Stroke = readonly Point[];

/** One way to write a digit. */
export type Drawing = readonly Stroke[];

const ZERO: Stroke = [
  [0.55, 0.02],
  [0.12, 0.18],
  [-0.03, 0.55],
  [0.12, 0.9],
  [0.46, 0.99],
  [0.84, 0.84],
  [0.99, 0.46],
  [0.84, 0.12],
  [0.48, 0.03],
];
const STEM: Stroke = [[0.5, 0], [0.5, 0.35], [0.5, 0.68], [0.5, 1]];
const FLAGGED: Stroke = [
  [0.3, 0.24],
  [0.5, 0, "corner"],
  [0.5, 0.35],
  [0.5, 0.68],
  [0.5, 1],
];
const TWO: Stroke = [
  [0.1, 0.24],
  [0.3, 0.04],
  [0.62, 0.03],
  [0.8, 0.24],
  [0.66, 0.53],
  [0.36, 0.8],
  [0.08, 0.97, "corner"],
  [0.5, 0.95],
  [0.96, 0.96],
];
const LOOPED_TWO: Stroke = [
  [0.12, 0.2],
  [0.36, 0.02],
  [0.68, 0.07],
  [0.76, 0.3],
  [0.55, 0.64],
  [0.25, 0.94],
  [0.05, 0.9],
  [0.12, 0.76],
  [0.38, 0.8],
  [0.7, 0.97],
  [0.98, 0.9],
];
const THREE: Stroke = [
  [0.12, 0.12],
  [0.42, 0],
  [0.74, 0.12],
  [0.68, 0.35],
  [0.36, 0.47, "corner"],
  [0.72, 0.54],
  [0.86, 0.75],
  [0.63, 0.96],
  [0.3, 1],
  [0.05, 0.88],
];
const FLAT_THREE: Stroke = [
  [0.1, 0.06],
  [0.45, 0.01],
  [0.8, 0.03, "corner"],
  [0.6, 0.22],
  [0.42, 0.42, "corner"],
  [0.76, 0.5],
  [0.86, 0.73],
  [0.6, 0.96],
  [0.08, 0.94],
];
const OPEN_FOUR: Stroke = [
  [0.16, 0.06],
  [0.1, 0.32],
  [0.14, 0.53],
  [0.45, 0.56],
  [0.86, 0.48],
];
const FOUR_STEM: Stroke = [[0.8, 0], [0.77, 0.36], [0.73, 0.7], [0.7, 1]];
const CLOSED_FOUR: Stroke = [
  [0.68, 1],
  [0.68, 0.5],
  [0.7, 0, "corner"],
  [0.4, 0.32],
  [0.06, 0.66, "corner"],
  [0.5, 0.65],
  [0.98, 0.63],
];
const FIVE: Stroke = [
  [0.26, 0.03],
  [0.22, 0.22],
  [0.18, 0.44, "corner"],
  [0.5, 0.38],
  [0.83, 0.55],
  [0.83, 0.8],
  [0.5, 1],
  [0.08, 0.9],
];
const FIVE_BAR: Stroke = [[0.26, 0.03], [0.56, 0.04], [0.9, 0]];
const ONE_STROKE_FIVE: Stroke = [
  [0.92, 0.02],
  [0.6, 0.03],
  [0.3, 0.05, "corner"],
  [0.24, 0.22],
  [0.2, 0.42, "corner"],
  [0.55, 0.42],
  [0.78, 0.62],
  [0.68, 0.88],
  [0.38, 1],
  [0.06, 0.92],
];
const SIX: Stroke = [
  [0.7, 0],
  [0.38, 0.17],
  [0.14, 0.5],
  [0.12, 0.8],
  [0.4, 1],
  [0.73, 0.88],
  [0.76, 0.65],
  [0.5, 0.54],
  [0.17, 0.7],
];
const SEVEN: Stroke = [
  [0.05, 0.08],
  [0.45, 0.06],
  [0.88, 0.05, "corner"],
  [0.66, 0.38],
  [0.5, 0.7],
  [0.42, 1],
];
const SEVEN_BAR: Stroke = [[0.3, 0.52], [0.58, 0.5], [0.86, 0.47]];
const HOOKED_SEVEN: Stroke = [
  [0.06, 0.26],
  [0.1, 0.06, "corner"],
  [0.5, 0.09],
  [0.9, 0.05, "corner"],
  [0.7, 0.36],
  [0.58, 0.7],
  [0.54, 1],
];
const EIGHT: Stroke = [
  [0.76, 0.14],
  [0.46, 0],
  [0.2, 0.15],
  [0.3, 0.37],
  [0.56, 0.52],
  [0.8, 0.72],
  [0.7, 0.95],
  [0.4, 1],
  [0.16, 0.84],
  [0.28, 0.6],
  [0.6, 0.4],
  [0.8, 0.22],
  [0.7, 0.08],
];
const NINE_LOOP: Stroke = [
  [0.76, 0.18],
  [0.54, 0.02],
  [0.24, 0.1],
  [0.14, 0.3],
  [0.32, 0.46],
  [0.6, 0.4],
  [0.78, 0.18, "corner"],
];
const STRAIGHT_NINE: Stroke = [
  ...NINE_LOOP,
  [0.78, 0.45],
  [0.73, 0.72],
  [0.68, 1],
];
const CURVED_NINE: Stroke = [
  ...NINE_LOOP,
  [0.82, 0.5],
  [0.74, 0.78],
  [0.5, 0.98],
  [0.2, 0.94],
];

/** The ways to write each digit, 0 ... 9. */
export const digitDrawings: readonly (readonly Drawing[])[] = [
  [[ZERO]],
  [[STEM], [STEM], [FLAGGED], [FLAGGED, [[0.24, 1], [0.5, 1], [0.78, 0.99]]]],
  [[TWO], [LOOPED_TWO]],
  [[THREE], [THREE], [FLAT_THREE]],
  [[OPEN_FOUR, FOUR_STEM], [OPEN_FOUR, FOUR_STEM], [CLOSED_FOUR]],
  [[FIVE, FIVE_BAR], [ONE_STROKE_FIVE]],
  [[SIX]],
  [[SEVEN], [SEVEN, SEVEN_BAR], [HOOKED_SEVEN]],
  [[EIGHT]],
  [[STRAIGHT_NINE], [CURVED_NINE]],
];
