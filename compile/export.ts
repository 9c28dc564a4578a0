/**
 * A TensorFlow.js function as a file that any ONNX runtime loads.
 * @module
 */
import * as tf from "@tensorflow/tfjs";
import { checkShapes, checkTables } from "./check_specs.ts";
import { CompileError } from "./compile_error.ts";
import { fuse } from "./graph/fuse.ts";
import { productFusions } from "./graph/fuse_product.ts";
import { buildGraph } from "./onnx/build.ts";
import { encode } from "./onnx/encode.ts";
import type { OnnxGraph, OnnxTensor, OnnxValue } from "./onnx/model.ts";
import { renameGraph } from "./onnx/rename.ts";
import { tensorBytes } from "./onnx/tensor_bytes.ts";
import type { StepFunction } from "./step_function.ts";
import { inTurn, syncVariables } from "./run/state_store.ts";
import { tableTypes, type Trace, trace } from "./trace/trace.ts";
import type {
  InputSpecs,
  OutputDTypes,
  StepResult,
  StepTensors,
  TableSpecs,
} from "./types.ts";
import type { DType } from "./dtype.ts";

/** What to write into the file. */
export interface ExportOptions<
  I extends InputSpecs,
  T extends TableSpecs,
  R extends StepResult,
> {
  /** Shapes and types of the inputs. */
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
 * Writes a function of tensors as an ONNX file, with the newest values of its variables.
 *
 * Inputs and outputs keep their names and shapes; only operations of ONNX itself are used (opset 18).
 *
 * @param fn Synchronous; takes tensors by name and returns tensors by name; assigns no variable.
 * @param options Shapes of the inputs, and what to call the model.
 * @returns The bytes of a self-contained .onnx file.
 * @throws {CompileError} If the function cannot be compiled, or assigns variables.
 *
 * @example
 * ```ts
 * import * as tf from "@tensorflow/tfjs";
 * import { exportOnnx } from "@lowerbound/lowerbound";
 *
 * const weight = tf.variable(tf.ones([20, 784]));
 * const bytes = await exportOnnx(({ latents }) => ({ mean: latents.matMul(weight).sigmoid() }), {
 *   inputs: { latents: { shape: [1, 20] } },
 *   doc: "A decoder",
 * });
 * ```
 */
export async function exportOnnx<
  const I extends InputSpecs,
  R extends StepResult,
  const T extends TableSpecs = Record<never, never>,
>(
  fn: (tensors: StepTensors<I, T>) => R,
  options: ExportOptions<I, T, R>,
): Promise<Uint8Array> {
  await tf.ready();
  await inTurn(syncVariables);
  const { inputs, name = "function", doc } = options;
  checkShapes("input", inputs);
  const tables = checkTables(options.tables ?? {}, inputs);
  const outputs = (options.outputs ?? {}) as Readonly<Record<string, DType>>; // an entry that is there has a type
  // The names and ranks of the tensors are those of `options`: only their types are forgotten here.
  const anonymous = fn as unknown as StepFunction;
  const traced = trace(anonymous, { inputs, tables, outputs }, "file");
  checkExportable(traced, inputs);
  const graph = buildGraph(fuse(traced.graph, traced.outputs, productFusions));
  const tensors = [...storedTensors(traced, tables, graph), ...graph.tensors];
  const isInput = ({ name }: OnnxValue) => name.startsWith("input/");
  const ordered = Object.keys(inputs).flatMap((input) => {
    return graph.inputs.filter((value) => value.name === `input/${input}`);
  });
  const whole = { ...graph, name, inputs: ordered.filter(isInput), tensors };
  const plain = renameGraph(
    whole,
    (path) => path.replace(/^(input|output)\//, ""),
  );
  return encode({ graph: plain, ...(doc === undefined ? {} : { doc }) });
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
