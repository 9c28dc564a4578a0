/**
 * A graph for any length of an axis, from the graphs for two lengths.
 *
 * What differs between the two is a shape, a bound or a count: a c + b at a length of c, which the new graph computes from
 * the shape of an input; or a number in inverse proportion to it, as in a mean.
 * @module
 */
import { CompileError } from "../compile_error.ts";
import { add, divide, multiply } from "../graph/arithmetic.ts";
import { cast } from "../graph/elementwise.ts";
import type { Graph } from "../graph/graph.ts";
import { reshape } from "../graph/layout.ts";
import { nodesInOrder } from "../graph/order.ts";
import { sameShape, type Shape } from "../graph/shape.ts";
import type { Constant, Splat, Value } from "../graph/value.ts";
import { pairValues } from "./pair_values.ts";

/** A graph for one length of the axis. */
export interface Fixed {
  readonly length: number;
  readonly outputs: ReadonlyMap<string, Value>;
}

/** An axis of an input whose length is free. */
export interface FreeAxis {
  readonly name: string;
  readonly input: Value;
  readonly axis: number;
}

/** Outputs for any length, and their shapes in words. */
export interface Freed {
  readonly outputs: ReadonlyMap<string, Value>;
  readonly shapes: ReadonlyMap<string, readonly (number | string)[]>;
}

/**
 * Frees an axis.
 *
 * @param graph That of `first`: it makes the new values.
 * @throws {CompileError} If the two differ in more than lengths.
 */
export function freeAxis(
  graph: Graph,
  free: FreeAxis,
  first: Fixed,
  second: Fixed,
): Freed {
  const counterparts = pairValues(free.name, first.outputs, second.outputs);
  const freed = new Map<Value, Value>();
  const lengths = new Lengths(graph, free, first.length, second.length);
  const now = (value: Value, user: string, place: number): Value => {
    const known = freed.get(value);
    if (known) return known;
    const other = counterparts.get(value)!; // paired above
    const isShape = user === "Reshape" && place === 1;
    const made = lengths.free(value, other, isShape ? "shape" : "operand");
    if (!isShape) freed.set(value, made);
    return made;
  };
  for (const node of nodesInOrder(first.outputs.values())) {
    const inputs = node.inputs.map((input, i) => now(input, node.op, i));
    const isKept = inputs.every((input, i) => input === node.inputs[i]);
    const results = isKept
      ? node.results
      : graph.applyMany(node.op, inputs, node.results, node.attributes);
    node.results.forEach((result, i) => freed.set(result, results[i]!)); // as many
  }
  const outputs = new Map<string, Value>();
  const shapes = new Map<string, readonly (number | string)[]>();
  for (const [name, value] of first.outputs) {
    outputs.set(name, now(value, "", 0));
    const other = second.outputs.get(name)!.shape; // paired above
    shapes.set(
      name,
      value.shape.map((length, axis) => lengths.word(length, other[axis]!)),
    );
  }
  return { outputs, shapes };
}

/** Numbers that depend on the length. */
class Lengths {
  readonly #graph: Graph;
  readonly #free: FreeAxis;
  readonly #first: number;
  readonly #second: number;

  constructor(graph: Graph, free: FreeAxis, first: number, second: number) {
    this.#graph = graph;
    this.#free = free;
    this.#first = first;
    this.#second = second;
  }

  /** A value for any length, from those for the two. */
  free(value: Value, other: Value, use: "shape" | "operand"): Value {
    if (value.kind === "splat") return this.#freeSplat(value, other as Splat); // of the same kind
    if (value.kind !== "constant") return value;
    const { data } = other as Constant;
    const isSame = sameShape(value.shape, other.shape) &&
      Array.prototype.every.call(value.data, (x, i) => Object.is(x, data[i]));
    if (isSame) return value;
    if (value.dtype === "int64" && sameShape(value.shape, other.shape)) {
      return this.#freeList(value, data, use);
    }
    const [row, again] = [value, other as Constant].map(oneOfEqualRows);
    const isRepeated = row && again && sameShape(row.shape, again.shape) &&
      row.data.every((x, i) => Object.is(x, again.data[i]));
    if (!isRepeated) throw this.#refusal(value);
    const single = this.#graph.constant(row.data, row.shape, value.dtype);
    return this.#expand(
      single,
      this.#freeShape(value.shape, other.shape),
      value.shape,
    );
  }

  /** How a length is called. */
  word(first: number, second: number): number | string {
    if (first === second) return first;
    const [slope, offset] = this.#line(first, second);
    const times = slope === 1 ? "" : `${slope} `;
    const plus = offset === 0
      ? ""
      : offset > 0
      ? ` + ${offset}`
      : ` - ${-offset}`;
    return `${times}${this.#free.name}${plus}`;
  }

  #freeSplat(value: Splat, other: Splat): Value {
    const { shape, dtype } = value;
    const number = this.#graph.splat(value.value, [], dtype);
    const single = Object.is(value.value, other.value)
      ? number
      : this.#freeNumber(value, other);
    if (sameShape(shape, other.shape)) {
      return single === number
        ? value
        : this.#expand(single, this.#graph.integers(shape), shape);
    }
    return this.#expand(single, this.#freeShape(shape, other.shape), shape);
  }

  #expand(value: Value, list: Value, shape: Shape): Value {
    if (shape.length === 0) return value;
    return this.#graph.apply("Expand", [value, list], shape);
  }

  /** A number in inverse proportion to the length. */
  #freeNumber(value: Splat, other: Splat): Value {
    const total = value.value * this.#first;
    const isInverse = value.dtype === "float32" &&
      Math.abs(other.value * this.#second / total - 1) < 1e-6;
    if (!isInverse) throw this.#refusal(value);
    const rounded = Math.abs(total - Math.round(total)) < 1e-5
      ? Math.round(total)
      : total;
    const count = cast(this.#graph, this.#length(), "float32");
    const single = reshape(this.#graph, count, []);
    return divide(this.#graph, this.#graph.splat(rounded), single);
  }

  #freeShape(first: Shape, second: Shape): Value {
    const list = this.#graph.integers(first);
    return this.#freeList(list, second, "operand");
  }

  #freeList(
    value: Constant,
    others: ArrayLike<number>,
    use: "shape" | "operand",
  ): Value {
    const lines = Array.from(value.data, (x, i) => this.#line(x, others[i]!)); // as many
    const isOneLength = lines.filter(([slope]) => slope !== 0).length === 1;
    if (use === "shape" && isOneLength) { // the rest, which the operation finds itself
      return this.#graph.integers(
        lines.map(([slope, offset]) => slope === 0 ? offset : -1),
      );
    }
    const slopes = this.#graph.integers(lines.map(([slope]) => slope));
    const offsets = this.#graph.integers(lines.map(([, offset]) => offset));
    return add(
      this.#graph,
      multiply(this.#graph, slopes, this.#length()),
      offsets,
    );
  }

  /** The length when the graph runs: int64, [1]. */
  #length(): Value {
    const { input, axis } = this.#free;
    const range = { start: axis, end: axis + 1 };
    return this.#graph.apply("Shape", [input], [1], range, "int64");
  }

  /** Slope and offset of a number that grows with the length. */
  #line(first: number, second: number): readonly [number, number] {
    const slope = (first - second) / (this.#first - this.#second);
    const offset = first - slope * this.#first;
    if (Number.isInteger(slope) && Number.isInteger(offset)) {
      return [slope, offset];
    }
    throw new CompileError(
      `Cannot export with the free axis "${this.#free.name}": a length of ${first} is ${second} where it is ${this.#second} instead of ${this.#first}`,
    );
  }

  #refusal({ shape, dtype }: Value): CompileError {
    return new CompileError(
      `Cannot export with the free axis "${this.#free.name}": a constant of ${dtype} and shape [${shape}] depends on its length; compute it from an input, or give the axis a length`,
    );
  }
}

/** The numbers of a constant without its first axis, if they are the same all along it. */
function oneOfEqualRows({ data, shape }: Constant): {
  readonly data: readonly number[];
  readonly shape: Shape;
} | undefined {
  const numbers = Array.from(data);
  const size = numbers.length / (shape[0] ?? 1);
  const isEqual = numbers.every((x, i) => Object.is(x, numbers[i % size]));
  if (!isEqual) return undefined;
  return { data: numbers.slice(0, size), shape: [1, ...shape.slice(1)] };
}
