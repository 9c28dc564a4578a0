import type { IndexCheck } from "./index_check.ts";
import type { Shape } from "./shape.ts";
import { elementCount } from "./shape.ts";
import type {
  Attributes,
  Constant,
  ElementType,
  GraphNode,
  Placeholder,
  Result,
  Splat,
  Value,
} from "./value.ts";

/** A value without its identity. */
export interface Description {
  readonly shape: Shape;
  readonly dtype: ElementType;
}

/**
 * Makes the values of one graph, and makes equal values only once.
 *
 * It knows nothing of what operations mean: see the functions beside this file, such as `add()`.
 */
export class Graph {
  /** Whether somebody looks at indices when the graph runs, or runtimes must refuse those that lie outside. */
  readonly bounds: "checked" | "trapped";
  /** Channels of a block, where ONNX Runtime's convolutions in blocks of channels can be used. */
  readonly block: number | undefined;
  /** What is to be checked when the graph runs, by what says that it is the same. */
  readonly checks: Map<string, IndexCheck> = new Map();

  #count = 0;
  readonly #splats = new Map<string, Splat>();
  readonly #lists = new Map<string, Constant>();
  readonly #nodes = new Map<string, GraphNode>();

  /** With no values yet. */
  constructor(
    bounds: "checked" | "trapped" = "checked",
    block: number | undefined = undefined,
  ) {
    this.bounds = bounds;
    this.block = block;
  }

  /** Makes a value that is fed. */
  placeholder(
    name: string,
    shape: Shape,
    dtype: ElementType,
    range?: Placeholder["range"],
  ): Placeholder {
    const described = { name, shape, dtype, ...(range ? { range } : {}) };
    return { kind: "placeholder", id: this.#count++, ...described };
  }

  /** Makes a value from known numbers, which are not copied. */
  constant(
    data: ArrayLike<number>,
    shape: Shape,
    dtype: ElementType,
  ): Constant | Splat {
    const first = data[0];
    if (first !== undefined && isUniform(data)) {
      return this.splat(first, shape, dtype);
    }
    return { kind: "constant", id: this.#count++, data, shape, dtype };
  }

  /** Makes a value that is the same number everywhere. */
  splat(
    value: number,
    shape: Shape = [],
    dtype: ElementType = "float32",
  ): Splat {
    const rounded = roundTo(dtype, value);
    const key = `${spellOut(rounded)} ${dtype} [${shape}]`;
    const known = this.#splats.get(key);
    if (known) return known;
    const id = this.#count++;
    const made: Splat = { kind: "splat", id, value: rounded, shape, dtype };
    this.#splats.set(key, made);
    return made;
  }

  /** Makes the list of integers that ONNX wants for shapes, axes and bounds, [length]. */
  integers(list: readonly number[]): Constant {
    const key = list.join();
    const known = this.#lists.get(key);
    if (known) return known;
    const id = this.#count++;
    const shape = [list.length];
    const described = { id, shape, dtype: "int64" } as const;
    const made: Constant = { kind: "constant", data: list, ...described };
    this.#lists.set(key, made);
    return made;
  }

  /** Applies an operation with one result, of the type of the first input unless given. */
  apply(
    op: string,
    inputs: readonly [Value, ...Value[]],
    shape: Shape,
    attributes: Attributes = {},
    dtype: ElementType = inputs[0].dtype,
  ): Result {
    const [result] = this.applyMany(op, inputs, [{ shape, dtype }], attributes);
    return result!; // one description, one result
  }

  /** The result of an operation on a value, if it has been applied already. */
  find(op: string, x: Value): Result | undefined {
    for (const node of this.#nodes.values()) {
      if (node.op === op && node.inputs[0] === x) return node.results[0];
    }
    return undefined;
  }

  /** Applies an operation with several results. */
  applyMany(
    op: string,
    inputs: readonly Value[],
    descriptions: readonly Description[],
    attributes: Attributes = {},
  ): readonly Result[] {
    const ids = inputs.map((input) => input.id);
    const shapes = descriptions.map(({ shape }) => `[${shape}]`);
    const key = `${op}(${ids})${shapes}${
      JSON.stringify(attributes, spellNumbers)
    }`;
    const known = this.#nodes.get(key);
    if (known) return known.results;
    const results: Result[] = [];
    const node: GraphNode = { op, inputs, attributes, results };
    for (const { shape, dtype } of descriptions) {
      results.push({ kind: "result", id: this.#count++, shape, dtype, node });
    }
    this.#nodes.set(key, node);
    return results;
  }
}

/** Tells whether a value is a single number, whatever its rank. */
export function isSingle(value: Value): boolean {
  return elementCount(value.shape) === 1;
}

/** The number of a type that stands for another one: integers wrap around, and every number but 0 is true. */
function roundTo(dtype: ElementType, value: number): number {
  if (dtype === "float32") return Math.fround(value);
  if (dtype === "int32") return value | 0;
  return dtype === "bool" ? Number(value !== 0) : value;
}

/** JSON itself has no words for numbers that are not finite, nor for -0. */
function spellNumbers(_: string, value: unknown): unknown {
  return typeof value === "number" ? spellOut(value) : value;
}

function spellOut(value: number): string {
  return Object.is(value, -0) ? "-0" : `${value}`;
}

/** Tells whether all numbers are the same one. */
export function isUniform(data: ArrayLike<number>): boolean {
  const first = data[0]!; // checked by the caller
  for (let i = 1; i < data.length; i++) {
    if (!Object.is(data[i], first)) return false;
  }
  return true;
}
