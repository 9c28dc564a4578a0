/**
 * RealNVP over vectors: couplings that change every other number, in turn.
 * @module
 */
import type * as tf from "@tensorflow/tfjs";
import type { HiddenWidths } from "../layers/hidden_layers.ts";
import {
  createOwned,
  type Owned,
  type ParameterSpec,
  type SampleParameter,
} from "../parameters/parameters.ts";
import { affineCoupling, logBoundSpec } from "./affine_coupling.ts";
import { type Bijector, chain } from "./bijector.ts";
import { alternatePartition } from "./channels.ts";
import {
  denseConditioner,
  type DenseConditionerParameters,
  denseConditionerSpecs,
} from "./conditioners.ts";
import { type Flow, flow } from "./flow.ts";

/** The sizes of a flow over vectors. */
export interface VectorFlowOptions {
  /** Numbers of a vector, at least two. */
  readonly size: number;
  /** Couplings, one after another. */
  readonly couplings: number;
  /** Widths of the hidden layers of each. */
  readonly hidden: HiddenWidths;
  /** The greatest |log scale| of a coupling before training; 2 unless given. */
  readonly bound?: number;
}

/** The parameters of {@linkcode vectorFlow}. */
export interface VectorFlowParameters<P = tf.Tensor> {
  /** One for each coupling, from the data to the latents. */
  readonly couplings: readonly {
    readonly conditioner: DenseConditionerParameters<P>;
    readonly logBound: P;
  }[];
}

/** A flow over vectors, with each of its layers. */
export interface VectorFlow extends Flow {
  /** The couplings, from the data to the latents. */
  readonly layers: readonly Bijector[];
}

/**
 * Declares the parameters of {@linkcode vectorFlow}.
 *
 * @throws {RangeError} If a vector has fewer than two numbers.
 */
export function vectorFlowSpecs(
  { size, couplings, hidden, bound = 2 }: VectorFlowOptions,
): VectorFlowParameters<ParameterSpec> {
  if (!Number.isInteger(size) || size < 2) {
    throw new RangeError(
      `Expected vectors of at least 2 numbers but found ${size}`,
    );
  }
  return {
    couplings: Array.from({ length: couplings }, (_, place) => {
      const partition = alternatePartition(size, place);
      const { kept, changed } = partition;
      return {
        conditioner: denseConditionerSpecs(
          kept.length,
          hidden,
          2 * changed.length,
        ),
        logBound: logBoundSpec(partition, Math.log(bound)),
      };
    }),
  };
}

/**
 * The flow as a function of its parameters; it begins as the identity.
 *
 * Source: Dinh et al. 2017, sections 3.2 to 3.4.
 *
 * @param parameters Tensors in the places of `vectorFlowSpecs`.
 * @param size Numbers of a vector.
 */
export function vectorFlow(
  { couplings }: VectorFlowParameters,
  size: number,
): VectorFlow {
  const layers = couplings.map(({ conditioner, logBound }, place) =>
    affineCoupling({
      partition: alternatePartition(size, place),
      conditioner: (kept) => denseConditioner(kept, conditioner),
      logBound,
    })
  );
  return { ...flow(chain(layers)), layers };
}

/**
 * Creates a flow over vectors with variables of its own.
 *
 * @param options Its sizes.
 * @param draw Draws the values of one parameter.
 * @returns The model; dispose it when it is no longer used.
 */
export function createVectorFlow(
  options: VectorFlowOptions,
  draw: SampleParameter,
): Owned<VectorFlow> {
  const { size } = options;
  return createOwned(
    vectorFlowSpecs(options),
    draw,
    (parameters) => vectorFlow(parameters, size),
  );
}
