import * as tf from "@tensorflow/tfjs";
import type { Graph } from "../graph/graph.ts";
import type { Constant, Splat, Value } from "../graph/value.ts";
import type { DType } from "../dtype.ts";
import { compute } from "../kernels/reference.ts";
import { numbersOf } from "./recording.ts";

/** Inputs of a kernel: named, or a list. */
export type KernelValues =
  | Readonly<Record<string, Value>>
  | readonly Value[];

/** Kernels whose rules handle constants themselves, without writing them out. */
const SYMBOLIC = new Set([
  ...["Add", "Sub", "Multiply", "RealDiv", "Neg", "Identity", "Reshape"],
  ...["ExpandDims", "ZerosLike", "OnesLike", "BroadcastTo", "Cast"],
]);

/**
 * Computes a kernel whose inputs are all constant, as the cpu backend does.
 *
 * @returns `undefined` if it has to be computed at every step.
 */
export function foldConstants(
  graph: Graph,
  kernel: string,
  values: KernelValues,
  attributes: tf.NamedAttrMap,
): Value | Value[] | undefined {
  if (kernel === "Fill") return fill(graph, attributes);
  const list = Object.values(values);
  if (!list.every(isConstant)) return undefined;
  if (SYMBOLIC.has(kernel) && list.every(({ dtype }) => dtype === "float32")) {
    return undefined;
  }
  const config = tf.getKernel(kernel, "cpu");
  if (!config) return undefined;
  const backend = tf.engine().findBackend("cpu");
  const write = (value: Value): tf.TensorInfo => {
    const shape = [...value.shape];
    const dtype = value.dtype as DType; // a tensor's
    const dataId = backend.write(numbersOf(value as Constant), shape, dtype); // checked above
    return { dataId, shape, dtype };
  };
  const infos = Array.isArray(values) ? values.map(write) : Object.fromEntries(
    Object.entries(values).map(([name, value]) => [name, write(value)]),
  );
  const inputs = infos as tf.NamedTensorInfoMap; // the engine passes lists so as well
  const outputs = compute(config, { inputs, attrs: attributes, backend });
  const folded = [outputs].flat().map(({ dataId, shape, dtype }) => {
    const numbers = backend.readSync(dataId) as Float32Array; // or another typed array
    const value = graph.constant(numbers.slice(), shape, dtype as DType);
    backend.disposeData(dataId);
    return value;
  });
  for (const { dataId } of Object.values(infos)) backend.disposeData(dataId);
  return Array.isArray(outputs) ? folded : folded[0];
}

function fill(graph: Graph, attributes: tf.NamedAttrMap): Value {
  const { shape, value, dtype } = attributes as unknown as tf.FillAttrs; // of this kernel
  return graph.splat(Number(value), shape, (dtype ?? "float32") as DType);
}

function isConstant(value: Value): value is Constant | Splat {
  return value.kind === "constant" || value.kind === "splat";
}
