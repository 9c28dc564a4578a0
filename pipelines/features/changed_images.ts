/**
 * Images that are worse in a known way, and how much.
 * @module
 */
import { fold, type Key } from "../core/random/key.ts";
import { normal } from "../core/random/normal.ts";
import { LEAST_IMAGES } from "../images/features/image_quality.ts";
import type { ImageSplit } from "../images/images.ts";
import { gather } from "../images/split.ts";

/** A way to change images. */
export type Change = "blur" | "noise" | "missing";

/** Images of which it is known what is wrong. */
export interface ChangedImages {
  /** How they were changed; `none` for images as they are. */
  readonly change: Change | "none";
  /** Standard deviation of the blur in pixels, of the noise in grey levels, or the number of classes that are missing. */
  readonly amount: number;
  /** Bytes, 0 (paper) to 255 (ink), [image, pixel]. */
  readonly pixels: Uint8Array<ArrayBuffer>;
}

/** Amounts of each change, ascending. */
export const amounts: Readonly<Record<Change, readonly number[]>> = {
  blur: [0.5, 0.75, 1, 1.5],
  noise: [16, 32, 64, 96],
  missing: [1, 3, 5, 8],
};

/**
 * Takes images as they are, blurred as by a decoder that is not sure, with noise as by a sampler that stops early, and
 * without some classes, as by a generator that has lost modes.
 *
 * @param images To take them from, in any order.
 * @param most Images in each set, at most.
 * @param key Decides the noise.
 * @returns The sets, those of one change by ascending amount; sets that would have fewer than 30 images, of which no
 * error is known, are left out.
 */
export function changedImages(
  images: ImageSplit,
  most: number,
  key: Key,
): readonly ChangedImages[] {
  const { rows, columns } = images;
  const first = gather(images, indicesOf(images, most, () => true)).pixels;
  const sets: readonly ChangedImages[] = [
    { change: "none", amount: 0, pixels: first },
    ...amounts.blur.map((amount) => ({
      change: "blur" as const,
      amount,
      pixels: blurred(first, [rows, columns], amount),
    })),
    ...amounts.noise.map((amount) => ({
      change: "noise" as const,
      amount,
      pixels: noisy(first, amount, fold(key, amount)),
    })),
    ...amounts.missing.map((amount) => ({
      change: "missing" as const,
      amount,
      pixels:
        gather(images, indicesOf(images, most, (label) => label >= amount))
          .pixels,
    })),
  ];
  return sets.filter(({ pixels }) =>
    pixels.length >= LEAST_IMAGES * rows * columns
  );
}

/**
 * Blurs images with a normal weight by distance; beyond the edge is paper.
 *
 * @param pixels Bytes, [image, rows, columns].
 * @param sides Rows and columns.
 * @param deviation Standard deviation of the weight, in pixels.
 * @returns As many bytes.
 */
export function blurred(
  pixels: Uint8Array<ArrayBuffer>,
  [rows, columns]: readonly [number, number],
  deviation: number,
): Uint8Array<ArrayBuffer> {
  const reach = Math.ceil(3 * deviation);
  const weights = Array.from(
    { length: 2 * reach + 1 },
    (_, i) => Math.exp(-((i - reach) ** 2) / (2 * deviation ** 2)),
  );
  const total = weights.reduce((sum, weight) => sum + weight);
  const along = (values: ArrayLike<number>, length: number, stride: number) =>
    Float64Array.from(values, (_, at) => {
      const place = Math.floor(at / stride) % length;
      return weights.reduce((sum, weight, i) => {
        const from = place + i - reach;
        const isInside = from >= 0 && from < length;
        return isInside
          ? sum + weight / total * values[at + (i - reach) * stride]!
          : sum;
      }, 0);
    });
  const across = along(pixels, columns, 1);
  return Uint8Array.from(along(across, rows, columns), Math.round);
}

/**
 * Adds normal noise, and rounds and clips to bytes.
 *
 * @param pixels Bytes.
 * @param deviation Standard deviation of the noise, in grey levels.
 * @param key Decides the noise.
 * @returns As many bytes.
 */
export function noisy(
  pixels: Uint8Array<ArrayBuffer>,
  deviation: number,
  key: Key,
): Uint8Array<ArrayBuffer> {
  const noise = normal(key, pixels.length);
  return Uint8Array.from(
    new Uint8ClampedArray(
      Float64Array.from(pixels, (value, i) => value + deviation * noise[i]!), // as many
    ),
  );
}

/** Indices of the first images whose label is wanted. */
function indicesOf(
  { labels, count }: ImageSplit,
  most: number,
  isWanted: (label: number) => boolean,
): readonly number[] {
  const found: number[] = [];
  for (let i = 0; i < count && found.length < most; i++) {
    if (isWanted(labels[i]!)) found.push(i);
  }
  return found;
}
