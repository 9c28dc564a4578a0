import type { Value } from "./value.ts";

/** The least and the greatest number that a value may hold. */
export type IntegerRange = readonly [least: number, greatest: number];

const INT32: IntegerRange = [-(2 ** 31), 2 ** 31 - 1];

/** Operations whose numbers are all among those of their first input. */
const MOVES = new Set([
  ...["Reshape", "Transpose", "Expand", "Slice", "Split", "Tile", "Gather"],
  ...["GatherND", "Identity"],
]);

/** Finds between which bounds the integers of a value are known to lie. */
export function integerRange(value: Value): IntegerRange {
  const found = rangeOf(value) ?? INT32;
  return value.dtype === "uint8" ? intersect(found, [0, 255]) : found;
}

function rangeOf(value: Value): IntegerRange | undefined {
  if (value.dtype === "bool") return [0, 1];
  if (value.kind === "splat") return [value.value, value.value];
  if (value.kind === "constant") return extremes(value.data);
  if (value.kind === "placeholder") return value.range?.();
  const { op, inputs, attributes, results } = value.node;
  const [a, b, c] = inputs;
  if (a && MOVES.has(op)) return integerRange(a);
  switch (op) {
    case "Cast":
      return isWhole(a!) ? integerRange(a!) : undefined; // it has an input
    case "ArgMax":
    case "ArgMin":
      return [0, a!.shape[Number(attributes["axis"])]! - 1]; // an axis of it
    case "TopK":
      return value === results[1] ? [0, a!.shape.at(-1)! - 1] : undefined; // along the last axis
    case "Concat":
      return inputs.map(integerRange).reduce(unite);
    case "Where":
      return unite(integerRange(b!), integerRange(c!)); // a condition and two values
    case "Add":
      return sum(integerRange(a!), integerRange(b!)); // two terms
    case "Mod":
      return b?.kind === "splat" && b.value > 0 && isWhole(a!)
        ? [0, b.value - 1]
        : undefined;
    case "Clip":
      return intersect(
        integerRange(a!),
        [integerRange(b!)[0], integerRange(c!)[1]], // two bounds
      );
    default:
      return undefined;
  }
}

function isWhole({ dtype }: Value): boolean {
  return dtype !== "float32" && dtype !== "float64";
}

/** Nothing is known where a sum may wrap around. */
function sum(a: IntegerRange, b: IntegerRange): IntegerRange | undefined {
  const [least, greatest] = [a[0] + b[0], a[1] + b[1]];
  return least < INT32[0] || greatest > INT32[1]
    ? undefined
    : [least, greatest];
}

function unite(a: IntegerRange, b: IntegerRange): IntegerRange {
  return [Math.min(a[0], b[0]), Math.max(a[1], b[1])];
}

function intersect(a: IntegerRange, b: IntegerRange): IntegerRange {
  return [Math.max(a[0], b[0]), Math.min(a[1], b[1])];
}

/** The least and the greatest of some numbers. */
export function extremes(numbers: ArrayLike<number>): IntegerRange {
  let [least, greatest] = [Infinity, -Infinity];
  for (let i = 0; i < numbers.length; i++) {
    const number = numbers[i]!; // within it
    if (number < least) least = number;
    if (number > greatest) greatest = number;
  }
  return [least, greatest];
}
