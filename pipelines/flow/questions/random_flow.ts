/**
 * Flows over vectors with random weights.
 * @module
 */
import {
  createVectorFlow,
  type VectorFlow,
} from "../../../models/flows/vector_flow.ts";
import type {
  Owned,
  SampleParameter,
} from "../../../models/parameters/parameters.ts";
import { fold, type Key } from "../../core/random/key.ts";
import { normal } from "../../core/random/normal.ts";
import { sampleParameter } from "../../training/sample_parameter.ts";

/** The sizes of a flow with random weights. */
export interface RandomFlowOptions {
  /** Numbers of a vector. */
  readonly size: number;
  /** Couplings, one after another. */
  readonly couplings: number;
  /** Units of the two hidden layers of each. */
  readonly width: number;
  /** The greatest |log scale|. */
  readonly bound: number;
  /** Size of raw log scales, before they are bounded, and of shifts. */
  readonly raw: number;
}

/** Creates a flow whose last layers are not zero. */
export function randomFlow(
  { width, raw, ...options }: RandomFlowOptions,
  key: Key,
): Owned<VectorFlow> {
  const usual = sampleParameter(key);
  const draw: SampleParameter = (spec) => {
    if (!spec.name.endsWith("output/weight")) return usual(spec);
    const [inputs = 1, outputs = 1] = spec.shape;
    const scale = raw / Math.sqrt(inputs);
    return normal(fold(key, spec.name), inputs * outputs).map((x) => scale * x);
  };
  return createVectorFlow({ ...options, hidden: [width, width] }, draw);
}
