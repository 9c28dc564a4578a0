/**
 * Scales of initial weights that keep the variance of signals and gradients from layer to layer.
 * @module
 */
import type { Initial } from "./parameters.ts";

/** Distribution of a weight, by the lengths of the vectors that it takes and gives. */
export type InitialBySize = (inputs: number, outputs: number) => Initial;

/** All values zero: biases, and the shift of a normalization. */
export const zeros: Initial = { kind: "constant", value: 0 };

/** All values one: the scale of a normalization. */
export const ones: Initial = { kind: "constant", value: 1 };

/** Normal with mean zero. */
export function normal(standardDeviation: number): Initial {
  return { kind: "normal", standardDeviation };
}

/**
 * Uniform in (-1 / sqrt(inputs), 1 / sqrt(inputs)), with variance 1 / (3 inputs).
 *
 * Source: Glorot & Bengio 2010, eq. 1; the default of PyTorch's layers, for weights and biases.
 */
export function fanInUniform(inputs: number): Initial {
  return { kind: "uniform", limit: 1 / Math.sqrt(inputs) };
}

/**
 * Uniform with variance 1 / inputs, for layers followed by tanh or by nothing.
 *
 * Source: LeCun et al. 1998, "Efficient BackProp", section 4.6, eq. 16.
 */
export function lecunUniform(inputs: number): Initial {
  return { kind: "uniform", limit: Math.sqrt(3 / inputs) };
}

/**
 * Normal with variance 1 / inputs, for layers followed by tanh or by nothing.
 *
 * Source: LeCun et al. 1998, "Efficient BackProp", section 4.6, eq. 16.
 */
export function lecunNormal(inputs: number): Initial {
  return normal(Math.sqrt(1 / inputs));
}

/**
 * Uniform with variance 2 / (inputs + outputs).
 *
 * Source: Glorot & Bengio 2010, eq. 16.
 */
export function glorotUniform(inputs: number, outputs: number): Initial {
  return { kind: "uniform", limit: Math.sqrt(6 / (inputs + outputs)) };
}

/**
 * Normal with variance 2 / (inputs + outputs).
 *
 * Source: Glorot & Bengio 2010, eq. 12.
 */
export function glorotNormal(inputs: number, outputs: number): Initial {
  return normal(Math.sqrt(2 / (inputs + outputs)));
}

/**
 * Normal with variance 2 / inputs, for layers followed by a rectifier.
 *
 * Source: He et al. 2015, eq. 10.
 */
export function heNormal(inputs: number): Initial {
  return normal(Math.sqrt(2 / inputs));
}

/**
 * Uniform with variance 2 / inputs, for layers followed by a rectifier.
 *
 * Source: He et al. 2015, eq. 10.
 */
export function heUniform(inputs: number): Initial {
  return { kind: "uniform", limit: Math.sqrt(6 / inputs) };
}
