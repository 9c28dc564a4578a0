/** Lengths of the axes of a tensor. */
export type Shape = readonly number[];

/** Number of elements of a shape: 1 for the shape of a scalar. */
export function elementCount(shape: Shape): number {
  return shape.reduce((count, length) => count * length, 1);
}

/** Tells whether two shapes are the same. */
export function sameShape(a: Shape, b: Shape): boolean {
  return a.length === b.length && a.every((length, axis) => length === b[axis]);
}

/**
 * Shape of two tensors combined elementwise, by NumPy's rules.
 *
 * @throws {RangeError} If two axes differ and neither has length 1.
 */
export function broadcastShapes(a: Shape, b: Shape): Shape {
  const rank = Math.max(a.length, b.length);
  return Array.from({ length: rank }, (_, axis) => {
    const x = a[axis - rank + a.length] ?? 1;
    const y = b[axis - rank + b.length] ?? 1;
    if (x !== y && x !== 1 && y !== 1) {
      throw new RangeError(
        `Expected shapes that broadcast but found [${a}] and [${b}]`,
      );
    }
    return x === 1 ? y : x;
  });
}

/** Counts an axis from the front: -1 is the last of `rank` axes. */
export function positiveAxis(axis: number, rank: number): number {
  return axis < 0 ? axis + rank : axis;
}

/** Axes counted from the front, in order; all of them for `undefined`. */
export function positiveAxes(
  axes: number | readonly number[] | undefined | null,
  rank: number,
): readonly number[] {
  if (axes === undefined || axes === null) {
    return Array.from({ length: rank }, (_, axis) => axis);
  }
  const list = typeof axes === "number" ? [axes] : [...axes];
  return list.map((axis) => positiveAxis(axis, rank)).sort((a, b) => a - b);
}
