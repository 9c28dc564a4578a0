/**
 * Sums of many numbers, in stages: a sum of n numbers, one after the other, loses up to n eps / 2 of it.
 * @module
 */
import type { Shape } from "./shape.ts";
import { elementCount } from "./shape.ts";

/** A sum along the middle axis of [before, length, after]. */
export interface Stage {
  readonly before: number;
  readonly length: number;
  readonly after: number;
}

/** How a sum over some axes goes on. */
export type Plan =
  | { readonly kind: "at once" }
  /** Over one of several groups of axes first: the rest has the other shape and axes. */
  | {
    readonly kind: "group";
    readonly stage: Stage;
    readonly rest: Shape;
    readonly axes: readonly number[];
  }
  /** Over pieces of `size`: along the last axis where nothing lies after, else over as many slices. */
  | { readonly kind: "pieces"; readonly stage: Stage; readonly size: number }
  /** Over the largest part that `size` divides, and over the rest. */
  | { readonly kind: "parts"; readonly stage: Stage; readonly size: number };

/** Along the last axis ONNX Runtime adds in 16 lanes: 800 numbers lose up to 1e-6, 128 of them 2e-7. */
const LAST = { most: 800, piece: 128, stage: 256 } as const;
/** Along other axes it adds one after the other: 256 numbers lose up to 3e-6, 128 of them 5e-7, 64 of them 2e-7. */
const OTHER = { most: 256, piece: 64, stage: 128 } as const;

/**
 * Plans a sum of float32 over some axes: in pieces of about one size, so that 2e7 numbers lose less than 1e-6.
 *
 * @param part A stage of a longer sum may lose less than a whole one.
 */
export function planSum(
  shape: Shape,
  axes: readonly number[],
  part: "whole" | "stage",
): Plan {
  const groups = groupsOf(shape, axes);
  const summed = groups.filter(({ isSummed }) => isSummed);
  const count = elementCount(summed.map(({ length }) => length));
  const last = groups.findLastIndex(({ isSummed }) => isSummed);
  const isLast = last === groups.length - 1 && summed.length === 1;
  const { most, piece, stage: mostOfStage } = isLast ? LAST : OTHER;
  if (count <= (part === "whole" ? most : mostOfStage)) {
    return { kind: "at once" };
  }
  const lengths = groups.map(({ length }) => length);
  const stage = {
    before: elementCount(lengths.slice(0, last)),
    length: lengths[last]!, // one is summed
    after: elementCount(lengths.slice(last + 1)),
  };
  if (summed.length > 1) {
    const rest = lengths.with(last, 1);
    const others = groups.flatMap(({ isSummed }, axis) => {
      return isSummed && axis !== last ? [axis] : [];
    });
    return { kind: "group", stage, rest, axes: others };
  }
  const size = divisorNear(stage.length, piece);
  if (size !== undefined) return { kind: "pieces", stage, size };
  return { kind: "parts", stage, size: piece };
}

/** Axes that lie side by side and are all summed, or all kept, are one; those of length 1 count for nothing. */
function groupsOf(shape: Shape, axes: readonly number[]) {
  const groups: { length: number; readonly isSummed: boolean }[] = [];
  shape.forEach((length, axis) => {
    if (length === 1) return;
    const isSummed = axes.includes(axis);
    const previous = groups.at(-1);
    if (previous?.isSummed === isSummed) previous.length *= length;
    else groups.push({ length, isSummed });
  });
  return groups;
}

/** A divisor within a factor of 2, the nearest first. */
function divisorNear(length: number, wanted: number): number | undefined {
  for (let distance = 0; distance <= wanted; distance++) {
    for (const size of [wanted - distance, wanted + distance]) {
      if (size >= wanted / 2 && length % size === 0) return size;
    }
  }
  return undefined;
}
