/**
 * A TensorFlow.js function as the model of an ONNX file.
 * @module
 */
import * as tf from "@tensorflow/tfjs";
import { checkName } from "./check_choice.ts";
import {
  checkDTypes,
  checkLists,
  checkShapes,
  checkTables,
} from "./check_specs.ts";
import { CompileError } from "./compile_error.ts";
import { fuse } from "./graph/fuse.ts";
import { biasFusions, productFusions } from "./graph/fusions/fuse_product.ts";
import type { Value } from "./graph/value.ts";
import { buildGraph } from "./onnx/build.ts";
import { freeAxis, type Freed } from "./onnx/free_axis.ts";
import type {
  OnnxGraph,
  OnnxModel,
  OnnxTensor,
  OnnxValue,
} from "./onnx/model.ts";
import { renameGraph } from "./onnx/rename.ts";
import { tensorBytes } from "./onnx/tensor_bytes.ts";
import type { StepFunction } from "./step_function.ts";
import { syncVariables } from "./run/state_store.ts";
import { inTurn } from "./run/turns.ts";
import { tableTypes, type Trace, trace } from "./trace/trace.ts";
import type {
  ExportInputSpecs,
  InputSpecs,
  OutputDTypes,
  StepResult,
  StepTensors,
  TableSpecs,
} from "./types.ts";
import type { DType } from "./dtype.ts";

/** What to write into the file. */
export interface ExportOptions<
  I extends ExportInputSpecs,
  T extends TableSpecs,
  R extends StepResult,
> {
  /** Shapes and types of the inputs: `{ shape: ["batch", 20] }` leaves the length of the first axis free. */
  readonly inputs: I;
  /** Constant data, which becomes part of the file. */
  readonly tables?: T;
  /** Types of the outputs that are not float32. */
  readonly outputs?: OutputDTypes<R>;
  /** Name of the graph; "function" unless given. */
  readonly name?: string;
  /** What the model is and how it was made. */
  readonly doc?: string;
}

/**
 * Makes the model of an ONNX file.
 *
 * @param fn As `exportOnnx()` takes it.
 * @param options Likewise.
 * @throws {CompileError} As it does.
 * @throws {RangeError} Likewise.
 * @throws {TypeError} Likewise.
 */
export async function exportedModel<
  const I extends ExportInputSpecs,
  R extends StepResult,
  const T extends TableSpecs = Record<never, never>,
>(
  fn: (tensors: StepTensors<I, T>) => R,
  options: ExportOptions<I, T, R>,
): Promise<OnnxModel> {
  const { inputs, name = "function", doc } = options;
  checkName("name", name);
  checkLists("input", inputs);
  const free = freeAxisOf(inputs);
  const [first, second] = free
    ? LENGTHS.map((length) => withLength(inputs, length))
    : [inputs as InputSpecs, undefined]; // all lengths are given
  checkShapes("input", first!); // one at least
  const tables = checkTables(options.tables ?? {}, first!);
  const outputs = (options.outputs ?? {}) as Readonly<Record<string, DType>>; // an entry that is there has a type
  checkDTypes("output", outputs);
  await tf.ready();
  await inTurn(syncVariables);
  // The names and ranks of the tensors are those of `options`: only their types are forgotten here.
  const anonymous = fn as unknown as StepFunction;
  const traceWith = (inputs: InputSpecs) =>
    trace(anonymous, { inputs, tables, outputs }, "file");
  const traced = traceWith(first!);
  checkExportable(traced, first!);
  const fusions = free ? biasFusions : productFusions;
  const results = fuse(traced.graph, traced.outputs, fusions);
  const freed = free && second
    ? freeOutputs(traced, free, results, traceWith(second))
    : undefined;
  const graph = buildGraph(freed?.outputs ?? results);
  const tensors = [...storedTensors(traced, tables, graph), ...graph.tensors];
  const whole = {
    ...graph,
    name,
    inputs: describeInputs(inputs),
    outputs: graph.outputs.map((output) => {
      return {
        ...output,
        shape: freed?.shapes.get(output.name) ?? output.shape,
      };
    }),
    tensors,
  };
  const plain = renameGraph(
    whole,
    (path) => path.replace(/^(input|output)\//, ""),
  );
  return { graph: plain, ...(doc === undefined ? {} : { doc }) };
}

/** Two lengths that are hardly others by chance. */
const LENGTHS = [241, 251] as const;

/** All inputs, in their order, whether the function uses them or not. */
function describeInputs(inputs: ExportInputSpecs): readonly OnnxValue[] {
  return Object.entries(inputs).map(([name, { shape, dtype = "float32" }]) => {
    return { name: `input/${name}`, shape, dtype };
  });
}

/** Finds the free axis, and an input that has it. */
function freeAxisOf(
  inputs: ExportInputSpecs,
):
  | { readonly name: string; readonly input: string; readonly axis: number }
  | undefined {
  const found = Object.entries(inputs).flatMap(([input, { shape }]) =>
    shape.flatMap((name, axis) =>
      typeof name === "string" ? [{ name, input, axis }] : []
    )
  );
  for (const { name, input } of found) {
    checkName(`the name of the free axis of input "${input}"`, name);
  }
  const names = [...new Set(found.map(({ name }) => name))];
  if (names.length > 1) {
    throw new CompileError(
      `Expected one free axis but found ${
        names.join(", ")
      }: give all but one a length`,
    );
  }
  return found[0];
}

function withLength(inputs: ExportInputSpecs, length: number): InputSpecs {
  return Object.fromEntries(
    Object.entries(inputs).map(([name, spec]) => {
      const shape = spec.shape.map((axis) =>
        typeof axis === "string" ? length : axis
      );
      return [name, { ...spec, shape }] as const;
    }),
  );
}

function freeOutputs(
  { graph, inputs }: Trace,
  { name, input, axis }: NonNullable<ReturnType<typeof freeAxisOf>>,
  outputs: ReadonlyMap<string, Value>,
  other: Trace,
): Freed {
  const free = { name, axis, input: inputs.get(input)! }; // an input of the function
  const others = fuse(other.graph, other.outputs, biasFusions);
  return freeAxis(
    graph,
    free,
    { length: LENGTHS[0], outputs },
    { length: LENGTHS[1], outputs: others },
  );
}

function checkExportable(
  { outputs, updates }: Trace,
  inputs: InputSpecs,
): void {
  const [assigned] = updates.keys();
  if (assigned) {
    throw new CompileError(
      `Cannot export a function that assigns variables ("${assigned.name}"): a file has no state`,
    );
  }
  for (const name of Object.keys(inputs)) {
    if (!outputs.has(`output/${name}`)) continue;
    throw new CompileError(
      `Cannot export an input and an output of the same name "${name}": rename one`,
    );
  }
}

/** Variables and tables, which a file holds. */
function storedTensors(
  { variables }: Trace,
  tables: TableSpecs,
  graph: OnnxGraph,
): readonly OnnxTensor[] {
  const used = new Set(graph.inputs.map(({ name }) => name));
  const tensors: OnnxTensor[] = [];
  for (const [variable, { name, shape, dtype }] of variables) {
    const bytes = tensorBytes(variable.dataSync(), dtype);
    tensors.push({ name, shape, dtype, bytes });
  }
  for (const [key, table] of Object.entries(tables)) {
    const dtype = tableTypes(table, "file").stored;
    const bytes = tensorBytes(table.data, dtype);
    tensors.push({ name: `table/${key}`, shape: table.shape, dtype, bytes });
  }
  return tensors.filter(({ name }) => used.has(name));
}
