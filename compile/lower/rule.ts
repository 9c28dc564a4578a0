/**
 * How a kernel of TensorFlow.js becomes operations of ONNX.
 * @module
 */
import type { NamedTensorInfoMap, TensorInfo } from "@tensorflow/tfjs";
import type { Graph } from "../graph/graph.ts";
import type { Value } from "../graph/value.ts";

/** What a graph is made for: ONNX Runtime on the CPU or on WebGPU, or a file for any ONNX runtime. */
export type Target = "cpu" | "webgpu" | "file";

/** All targets: a rule for them uses operations that all runtimes have, and compute correctly. */
export const EVERYWHERE: readonly Target[] = ["cpu", "webgpu", "file"];

/** Values in the place of a kernel's tensors; tfjs leaves some out where they are not needed. */
export type ValuesOf<Inputs> = {
  readonly [K in keyof Inputs]-?: K extends Optional ? Value | undefined
    : Value;
};

type Optional = "bias" | "preluActivationWeights" | "scale" | "offset";

/** Lowers a kernel call to values of a graph. */
export type Lower<Inputs, Attributes> = (
  graph: Graph,
  inputs: ValuesOf<Inputs>,
  attributes: Attributes,
) => Value | readonly Value[];

/** A lowering, and the targets it serves. */
export interface Rule {
  readonly targets: readonly Target[];
  readonly lower: Lower<unknown, unknown>;
}

/** Rules by kernel; of several, the first that serves the target counts. */
export type Rules = Readonly<Record<string, Rule | readonly Rule[]>>;

/** Makes a rule for a kernel with these inputs and attributes (tfjs declares both for each kernel). */
export function rule<
  Inputs extends NamedTensorInfoMap | TensorInfo[],
  Attributes = unknown,
>(
  lower: Lower<Inputs, Attributes>,
  targets: readonly Target[] = EVERYWHERE,
): Rule {
  // The engine calls a kernel with what tfjs declares for it, which is what `lower` takes.
  return { targets, lower: lower as Lower<unknown, unknown> };
}
