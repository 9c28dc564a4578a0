/**
 * A TensorFlow.js function as a file that any ONNX runtime loads.
 * @module
 */
import { checkName } from "./check_choice.ts";
import { exportedModel, type ExportOptions } from "./exported_model.ts";
import { encode } from "./onnx/encode.ts";
import { checkSize, separateTensors } from "./onnx/large_tensors.ts";
import type {
  ExportInputSpecs,
  StepResult,
  StepTensors,
  TableSpecs,
} from "./types.ts";

/**
 * Writes a function of tensors as an ONNX file, with the newest values of its variables.
 *
 * Inputs and outputs keep their names and shapes, also inputs that the function does not use. Only operations of ONNX
 * itself are used (opset 18).
 *
 * @param fn Synchronous; takes tensors by name and returns tensors by name; assigns no variable.
 * @param options Shapes of the inputs, and what to call the model.
 * @returns The bytes of a self-contained .onnx file.
 * @throws {CompileError} If the function cannot be compiled, assigns variables, does something else for another length
 * of a free axis, or has numbers of more than 2 GiB.
 * @throws {RangeError} If an option breaks its rule, before the function is called.
 * @throws {TypeError} If an option is of another type.
 *
 * @example
 * ```ts
 * import * as tf from "@tensorflow/tfjs";
 * import { exportOnnx } from "@lowerbound/lowerbound";
 *
 * const weight = tf.variable(tf.ones([20, 784]));
 * const bytes = await exportOnnx(({ latents }) => ({ mean: latents.matMul(weight).sigmoid() }), {
 *   inputs: { latents: { shape: ["batch", 20] } },
 *   doc: "A decoder",
 * });
 * ```
 */
export async function exportOnnx<
  const I extends ExportInputSpecs,
  R extends StepResult,
  const T extends TableSpecs = Record<never, never>,
>(
  fn: (tensors: StepTensors<I, T>) => R,
  options: ExportOptions<I, T, R>,
): Promise<Uint8Array> {
  const model = await exportedModel(fn, options);
  checkSize(model.graph);
  return encode(model);
}

/** A model's file, and the file beside it that holds its numbers. */
export interface OnnxFiles {
  /** The bytes of the .onnx file. */
  readonly model: Uint8Array;
  /** The bytes of the file of numbers, in parts: they may be more than an array can hold. */
  readonly data: readonly Uint8Array[];
}

/**
 * Writes a function of tensors as an ONNX file and a file of numbers, which may be larger than the 2 GiB of the former.
 *
 * @param fn As `exportOnnx()` takes it.
 * @param options Also the name of the file of numbers, which is to lie beside the other one.
 * @returns The bytes of both files.
 * @throws {CompileError} As `exportOnnx()` does.
 * @throws {RangeError} Likewise.
 * @throws {TypeError} Likewise.
 *
 * @example
 * ```ts
 * import * as tf from "@tensorflow/tfjs";
 * import { exportOnnxFiles } from "@lowerbound/lowerbound";
 *
 * const weight = tf.variable(tf.ones([20, 784]));
 * const { model, data } = await exportOnnxFiles(({ latents }) => ({ mean: latents.matMul(weight).sigmoid() }), {
 *   inputs: { latents: { shape: ["batch", 20] } },
 *   dataName: "decoder.onnx.data",
 * });
 * ```
 */
export async function exportOnnxFiles<
  const I extends ExportInputSpecs,
  R extends StepResult,
  const T extends TableSpecs = Record<never, never>,
>(
  fn: (tensors: StepTensors<I, T>) => R,
  { dataName, ...options }: ExportOptions<I, T, R> & {
    /** Name of the file of numbers, as "model.onnx.data". */
    readonly dataName: string;
  },
): Promise<OnnxFiles> {
  checkName("dataName", dataName);
  const model = await exportedModel(fn, options);
  const { graph, data } = separateTensors(model.graph, dataName);
  return { model: encode({ ...model, graph }), data };
}
