/**
 * Digits that need no file: drawn by a pen that never writes the same twice.
 * @module
 */
import type { GreyImages, ImageSplit } from "../images.ts";
import { fold, type Key, keyFrom } from "../../core/random/key.ts";
import { permutation } from "../../core/random/permutation.ts";
import { uniform } from "../../core/random/uniform.ts";
import { digitDrawings, type Drawing, type Stroke } from "./digit_strokes.ts";
import { drawCentred, SIDE } from "./pen.ts";
import { splitImages } from "../split.ts";
import { follow } from "./spline.ts";

/** The one key of the built-in data: the same images for every seed. */
const KEY: Key = fold(keyFrom(0), "built-in digits");

const TRAINING = 12_000; // of which a sixth is for validation
const TEST = 2_000;

/**
 * Draws the built-in digits, in the layout of MNIST: 10,000 training, 2,000 validation and 2,000 test images.
 *
 * They are not MNIST, and numbers from them are not comparable with published ones.
 *
 * @returns The images, the same bytes on every machine.
 */
export function builtInDigits(): GreyImages {
  return splitImages(
    drawDigits(fold(KEY, "training"), TRAINING),
    drawDigits(fold(KEY, "test"), TEST),
  );
}

/**
 * Draws digits, as many of each class as of any other, in random order.
 *
 * @param key The key, used up.
 * @param count How many.
 * @returns The images, [count * 28 * 28].
 */
export function drawDigits(key: Key, count: number): ImageSplit {
  const pixels = new Uint8Array(count * SIDE * SIDE);
  const labels = Uint8Array.from(
    permutation(fold(key, "labels"), count),
    (i) => i % 10,
  );
  const hands = fold(key, "hands");
  for (let i = 0; i < count; i++) {
    const image = pixels.subarray(i * SIDE * SIDE, (i + 1) * SIDE * SIDE);
    drawDigit(fold(hands, i), labels[i]!, image);
  }
  return { pixels, labels, count, rows: SIDE, columns: SIDE };
}

function drawDigit(key: Key, digit: number, into: Uint8Array): void {
  const hand = handFrom(key);
  const drawings = digitDrawings[digit]!; // ten by construction
  const drawing = drawings[Math.floor(hand.choice * drawings.length)]!;
  const paths = write(drawing, hand).map((stroke) => follow(stroke, 5));
  drawCentred(paths, hand.radius, into);
}

/** How one person writes at one moment. */
interface Hand {
  /** Which drawing, from [0, 1). */
  readonly choice: number;
  /** Radius of the pen, in pixels. */
  readonly radius: number;
  /** To the right per unit of height. */
  readonly slant: number;
  /** Tangent of half the angle. */
  readonly turn: number;
  /** Width per height. */
  readonly width: number;
  /** Bends of x and of y, by each product of two coordinates. */
  readonly bends: readonly number[];
  /** How far coordinate number `index` of the drawing strays. */
  readonly shake: (index: number) => number;
}

const HABITS = 10; // bell numbers before those that shake the points
const POINTS = 30; // at most, of a drawing

function handFrom(key: Key): Hand {
  const units = uniform(key, 1 + 3 * (HABITS + 2 * POINTS));
  // Sum of three uniforms: mean 0, variance 1, within -3 ... 3, without logarithms.
  const bell = (i: number) =>
    2 * (units[3 * i + 1]! + units[3 * i + 2]! + units[3 * i + 3]! - 1.5);
  return {
    choice: units[0]!,
    radius: Math.max(0.7, 1.25 + 0.32 * bell(0)),
    slant: 0.14 + 0.26 * bell(1),
    turn: 0.06 * bell(2),
    width: Math.max(0.4, 0.8 + 0.16 * bell(3)),
    bends: [4, 5, 6, 7, 8, 9].map((i) => 0.15 * bell(i)),
    shake: (i) => 0.038 * bell(HABITS + i),
  };
}

/** Shakes, bends, narrows, slants and turns a drawing; coordinates are then relative to its middle. */
function write(drawing: Drawing, hand: Hand): readonly Stroke[] {
  const [xx = 0, xy = 0, yy = 0, yxx = 0, yxy = 0, yyy = 0] = hand.bends;
  const cosine = (1 - hand.turn * hand.turn) / (1 + hand.turn * hand.turn);
  const sine = 2 * hand.turn / (1 + hand.turn * hand.turn);
  let index = 0;
  return drawing.map((stroke) =>
    stroke.map(([x0, y0, kind]) => {
      const x1 = x0 - 0.5 + hand.shake(index++);
      const y1 = y0 - 0.5 + hand.shake(index++);
      const x2 = x1 + xx * x1 * x1 + xy * x1 * y1 + yy * y1 * y1;
      const y2 = y1 + yxx * x1 * x1 + yxy * x1 * y1 + yyy * y1 * y1;
      const x3 = hand.width * x2 - hand.slant * y2;
      const [x, y] = [cosine * x3 - sine * y2, sine * x3 + cosine * y2];
      return kind === undefined ? [x, y] : [x, y, kind];
    })
  );
}
