/**
 * Weight updates of a model, as work.
 * @module
 */
import type * as tf from "@tensorflow/tfjs";
import { compile } from "../../compile/compile.ts";
import type { Device, InputSpecs } from "../../compile/types.ts";
import type { DType } from "../../compile/dtype.ts";
import { valueAndGradients } from "../../models/gradients/value_and_gradients.ts";
import { adam } from "../../models/optimizers/adam.ts";
import type { Variables } from "../../models/parameters/parameters.ts";
import { compileHalvedUpdate } from "../../pipelines/training/halved_update.ts";
import { versionOf } from "../versions.ts";
import { repeated, type Work } from "./work.ts";

const RATE = 1e-3;

/** How the updates are done. */
export interface Setting {
  readonly device: Device;
  readonly threads: number;
  readonly stepsPerCall: number;
}

/** A loss to minimize with Adam. */
export interface Problem {
  readonly variables: Variables;
  /** What one update is fed, by name. */
  readonly feeds: Readonly<Record<string, Fed>>;
  /** From what is fed. */
  readonly loss: (fed: Readonly<Record<string, tf.Tensor>>) => tf.Scalar;
}

/** Numbers for one update. */
export interface Fed {
  readonly shape: readonly number[];
  readonly dtype: DType;
  readonly data: Float32Array | Int32Array | Uint8Array;
}

/** One call: some updates, all with the same numbers. */
export async function updateCall(
  { variables, feeds, loss }: Problem,
  { device, threads, stepsPerCall }: Setting,
): Promise<() => Promise<void>> {
  const optimizer = adam(variables);
  const inputs: InputSpecs = { ...feeds, learningRate: { shape: [] } };
  const step = await compile(
    (fed: Readonly<Record<string, tf.Tensor>>) => {
      const { value, gradients } = valueAndGradients(
        () => loss(fed),
        variables,
      );
      optimizer.apply(gradients, fed["learningRate"]!); // declared below
      return { loss: value };
    },
    { inputs, device, threads, stepsPerCall },
  );
  const fed: Record<string, Fed["data"]> = {
    learningRate: new Float32Array(stepsPerCall).fill(RATE),
  };
  for (const [name, { data }] of Object.entries(feeds)) {
    fed[name] = repeat(data, stepsPerCall);
  }
  return async () => {
    const { loss } = await step.run(fed);
    loss.data.forEach(checkFinite);
  };
}

function checkFinite(loss: number): void {
  if (Number.isFinite(loss)) return;
  throw new RangeError(`Expected a finite loss but found ${loss}`);
}

/** Updates in halves as work, whose unit is one update. */
export async function halvedTraining(
  { variables, feeds, loss }: Problem,
  { device, threads }: Omit<Setting, "stepsPerCall">,
): Promise<Work> {
  const optimizer = adam(variables);
  const update = await compileHalvedUpdate(
    loss,
    { inputs: feeds as InputSpecs, variables, optimizer },
    { device, threads },
  );
  const fed = Object.fromEntries(
    Object.entries(feeds).map(([name, { data }]) => [name, data]),
  );
  const call = async () => checkFinite(await update.run(fed, RATE));
  const version = versionOf("onnxruntime-node");
  const facts =
    `onnxruntime-node ${version}, ${threads} threads, batches in halves`;
  return { facts, run: repeated(call) };
}

/** Updates as work, whose unit is one update. */
export async function training(
  problem: Problem,
  setting: Setting,
): Promise<Work> {
  const { threads, stepsPerCall } = setting;
  const run = repeated(await updateCall(problem, setting), stepsPerCall);
  const version = versionOf("onnxruntime-node");
  const facts =
    `onnxruntime-node ${version}, ${threads} threads, ${stepsPerCall} steps per call`;
  return { facts, run };
}

function repeat(data: Fed["data"], times: number): Fed["data"] {
  // All three kinds of arrays are made from a length, and `data` is one of them.
  const Kind = data.constructor as new (length: number) => Fed["data"];
  const all = new Kind(data.length * times);
  for (let i = 0; i < times; i++) all.set(data, i * data.length);
  return all;
}
