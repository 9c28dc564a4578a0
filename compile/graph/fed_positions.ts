import { elementCount, type Shape } from "./shape.ts";
import type { GraphNode, Value } from "./value.ts";

/** The numbers of an input that a value holds, and nothing else. */
export interface FedNumbers {
  /** Name of the input. */
  readonly input: string;
  /** Places in the input, in the order of the value. */
  readonly places: Int32Array;
}

/** Finds where the numbers of a value stand in an input, if they are only moved. */
export function fedPositions(value: Value): FedNumbers | undefined {
  if (value.kind === "placeholder") {
    if (!value.name.startsWith(INPUT)) return undefined;
    const size = elementCount(value.shape);
    const places = Int32Array.from({ length: size }, (_, i) => i);
    return { input: value.name.slice(INPUT.length), places };
  }
  if (value.kind !== "result") return undefined;
  const { node } = value;
  const operand = node.inputs[0];
  if (!operand || operand.dtype === "float32") return undefined;
  const order = node.op === "Transpose" ? node.attributes["perm"] : undefined;
  const picks = picksOf(node, node.results.indexOf(value));
  const fed = picks && fedPositions(operand);
  if (!picks || !fed) return undefined;
  const { input } = fed;
  const places = order
    ? inOrder(fed.places, operand.shape, order as readonly number[]) // of a Transpose
    : pick(fed.places, operand.shape, picks);
  return { input, places };
}

const INPUT = "input/";

/** For some axes, which elements stay, in order. */
type Picks = ReadonlyMap<number, readonly number[]>;

/** What a node picks from its first operand, if it is all that it does; the order of axes counts for nothing. */
function picksOf(
  { op, inputs, attributes, results }: GraphNode,
  result: number,
): Picks | undefined {
  const [operand, ...lists] = inputs;
  const numbers = lists.map((list) =>
    list.kind === "constant"
      ? Array.from(list.data)
      : list.kind === "splat"
      ? new Array<number>(elementCount(list.shape)).fill(list.value)
      : undefined
  );
  switch (op) {
    case "Reshape":
    case "Transpose":
      return new Map();
    case "Cast":
      return operand!.dtype === "int32" ? new Map() : undefined; // it has an operand
    case "Gather": {
      const [at] = numbers;
      return at && new Map([[Number(attributes["axis"]), at]]);
    }
    case "Slice": {
      const [starts, ends, axes, steps] = numbers;
      if (!starts || !ends || !axes) return undefined;
      return new Map(axes.map((axis, i) => {
        return [axis, range(starts[i]!, ends[i]!, steps?.[i] ?? 1)] as const; // one for each
      }));
    }
    case "Split": {
      const axis = Number(attributes["axis"]);
      const lengths = results.map(({ shape }) => shape[axis]!); // it has the axis
      const start = lengths.slice(0, result).reduce((a, b) => a + b, 0);
      return new Map([[axis, range(start, start + lengths[result]!, 1)]]);
    }
    default:
      return undefined;
  }
}

function pick(places: Int32Array, shape: Shape, picks: Picks): Int32Array {
  let [current, lengths] = [places, [...shape]];
  for (const [axis, list] of picks) {
    const inner = elementCount(lengths.slice(axis + 1));
    const outer = elementCount(lengths.slice(0, axis));
    const picked = new Int32Array(outer * list.length * inner);
    for (let o = 0, to = 0; o < outer; o++) {
      for (const at of list) {
        const from = (o * lengths[axis]! + at) * inner; // it has the axis
        picked.set(current.subarray(from, from + inner), to);
        to += inner;
      }
    }
    [current, lengths] = [picked, lengths.with(axis, list.length)];
  }
  return current;
}

/** Places with the axes in another order. */
function inOrder(
  places: Int32Array,
  shape: Shape,
  order: readonly number[],
): Int32Array {
  const strides = order.map((axis) => elementCount(shape.slice(axis + 1)));
  const lengths = order.map((axis) => shape[axis]!); // a permutation of the axes
  return places.map((_, i) => {
    let [from, rest] = [0, i];
    for (let axis = lengths.length - 1; axis >= 0; axis--) {
      from += rest % lengths[axis]! * strides[axis]!; // as many
      rest = Math.floor(rest / lengths[axis]!);
    }
    return places[from]!;
  });
}

function range(from: number, to: number, step: number): readonly number[] {
  const length = Math.max(0, Math.ceil((to - from) / step));
  return Array.from({ length }, (_, i) => from + i * step);
}
