import * as tf from "@tensorflow/tfjs";
import { CompileError } from "../compile_error.ts";
import { Graph, isUniform } from "../graph/graph.ts";
import { reshape } from "../graph/layout.ts";
import { elementCount, sameShape, type Shape } from "../graph/shape.ts";
import type { Placeholder, Value } from "../graph/value.ts";
import type { Target } from "../lower/rule.ts";
import type { DType } from "../dtype.ts";
import { type BakedConstant, bakedConstant } from "./baked_constant.ts";
import { noteDraw } from "./draws.ts";

/** Constants above this size belong into a table. */
const MOST_CONSTANT_BYTES = 16 * 2 ** 20;

/** What one call of a function does, seen through symbolic tensors. */
export class Recording {
  readonly graph: Graph;
  readonly target: Target;
  /** Variables that were read or assigned, and their value when the call began. */
  readonly variables: Map<tf.Variable, Placeholder> = new Map();
  /** Variables that were created, and their first value. */
  readonly created: Map<tf.Variable, Value> = new Map();
  /** Constants that the function made, in order. */
  readonly constants: BakedConstant[] = [];
  /** An error that could not be thrown where it arose. */
  failure: CompileError | undefined;

  readonly #values = new Map<object, { value: Value; references: number }>();
  readonly #known: ReadonlySet<tf.Variable>;

  constructor(target: Target, block?: number) {
    this.target = target;
    this.graph = new Graph(target === "file" ? "trapped" : "checked", block);
    this.#known = new Set(Object.values(tf.engine().registeredVariables));
  }

  /** Gives a value an identity in the engine. */
  store(value: Value): tf.TensorInfo {
    const dataId = {};
    this.#values.set(dataId, { value, references: 1 });
    // Rules give tensors; bytes and 64-bit integers occur only between their nodes.
    return { dataId, shape: [...value.shape], dtype: value.dtype as DType };
  }

  /** The value of a tensor: symbolic, the state of a variable, or a constant from outside. */
  valueOf(tensor: tf.TensorInfo): Value {
    const entry = this.#values.get(tensor.dataId);
    const value = entry?.value ??
      (tensor instanceof tf.Variable
        ? this.stateOf(tensor)
        : this.#capture(tensor));
    return sameShape(value.shape, tensor.shape)
      ? value
      : reshape(this.graph, value, tensor.shape);
  }

  /** The value of a variable when the call began. */
  stateOf(variable: tf.Variable): Placeholder {
    let state = this.variables.get(variable);
    if (!state) {
      const name = `variable/${variable.name}`;
      const dtype = checkDType(variable.dtype);
      state = this.graph.placeholder(name, variable.shape, dtype);
      this.variables.set(variable, state);
    }
    return state;
  }

  /** The value that was assigned to a variable, if any. */
  assignedTo(variable: tf.Variable): Value | undefined {
    return this.#values.get(variable.dataId)?.value;
  }

  /** Records numbers that the function wrote. */
  write(numbers: unknown, shape: Shape, dtype: string): object {
    const type = checkDType(dtype);
    const drawn = noteDraw(numbers, shape);
    if (drawn) {
      const { replacement } = drawn;
      const value = replacement
        ? this.valueOf(replacement)
        : this.graph.placeholder("random", shape, type);
      return this.store(value).dataId;
    }
    const value = numbers
      ? this.graph.constant(copyNumbers(numbers, shape, type), shape, type)
      : this.graph.splat(0, shape, type);
    if (value.kind === "constant" || value.kind === "splat") {
      this.constants.push(bakedConstant(value));
    }
    return this.store(value).dataId;
  }

  /** Reads numbers, which is possible only where they are constant. */
  read(dataId: object): Float32Array | Int32Array | Uint8Array {
    const value = this.#values.get(dataId)?.value;
    if (value?.kind === "constant" || value?.kind === "splat") {
      return numbersOf(value);
    }
    this.failure = new CompileError(
      "Cannot read the numbers of a tensor while compiling (data(), dataSync(), print(), or an if on a tensor): return it as an output, or choose with tf.where()",
    );
    throw this.failure;
  }

  /** Counts a reference; a variable that is being created makes itself known by one. */
  addReference(dataId: object): void {
    const entry = this.#values.get(dataId);
    if (!entry) return;
    entry.references++;
    for (const variable of Object.values(tf.engine().registeredVariables)) {
      if (variable.dataId !== dataId || this.#known.has(variable)) continue;
      if (!this.created.has(variable)) this.created.set(variable, entry.value);
    }
  }

  /** Drops a reference, or all; tells whether none is left. */
  dropReference(dataId: object, which: "one" | "all"): boolean {
    const entry = this.#values.get(dataId);
    if (!entry) return true;
    entry.references--;
    if (which === "one" && entry.references > 0) return false;
    return this.#values.delete(dataId);
  }

  /** References to a value. */
  referencesTo(dataId: object): number {
    return this.#values.get(dataId)?.references ?? 0;
  }

  #capture(tensor: tf.TensorInfo): Value {
    const { shape, dataId } = tensor;
    const dtype = checkDType(tensor.dtype);
    const source = tf.engine().state.tensorInfo.get(dataId)?.backend;
    if (!source) {
      throw new CompileError(
        `Cannot use a disposed tensor of shape [${shape}] in a compiled function`,
      );
    }
    if (source === tf.engine().backend) {
      throw new CompileError(
        "Cannot use a tensor that an earlier call of the function kept, as recurrent layers with stateful: true do: make the layer stateless, and pass its states as inputs",
      );
    }
    const numbers = copyNumbers(source.readSync(dataId), shape, dtype);
    const value = this.graph.constant(numbers, shape, dtype);
    this.#values.set(dataId, { value, references: 1 });
    return value;
  }
}

/** The numbers of a constant as a typed array. */
export function numbersOf(
  value: Value & { readonly kind: "constant" | "splat" },
): Float32Array | Int32Array | Uint8Array {
  const length = elementCount(value.shape);
  const numbers = value.kind === "constant"
    ? value.data
    : new Array<number>(length).fill(value.value);
  if (value.dtype === "float32") return Float32Array.from(numbers);
  if (value.dtype === "int32") return Int32Array.from(numbers);
  return Uint8Array.from(numbers);
}

/** Copies numbers, in the type that they have; those that are all the same weigh nothing. */
function copyNumbers(
  numbers: unknown,
  shape: Shape,
  dtype: DType,
): ArrayLike<number> {
  const list = Array.isArray(numbers)
    ? numbers.map(Number)
    : numbers as Float32Array; // a typed array else, since strings were refused
  const bytes = elementCount(shape) * (dtype === "bool" ? 1 : 4);
  if (bytes > MOST_CONSTANT_BYTES && !isUniform(list)) {
    const mebibytes = Math.round(bytes / 2 ** 20);
    throw new CompileError(
      `Expected constants of at most 16 MiB but found ${mebibytes} MiB of shape [${shape}]: pass it as a table`,
    );
  }
  if (dtype === "bool") {
    return Uint8Array.from(list, (number) => number === 0 ? 0 : 1);
  }
  return list.slice();
}

function checkDType(dtype: string): DType {
  if (dtype === "float32" || dtype === "int32" || dtype === "bool") {
    return dtype;
  }
  throw new CompileError(
    `Expected tensors of float32, int32 or bool but found ${dtype}: use device "tfjs"`,
  );
}
