/**
 * Annealed importance sampling, and its reverse.
 * @module
 */
import type * as tf from "@tensorflow/tfjs";
import {
  type Hamiltonian,
  hamiltonianTransition,
  type Transition,
} from "./hamiltonian_transition.ts";
import type { ChainState, LookAt } from "./tempered_likelihood.ts";

/** One step along the path of temperatures. */
export interface AnnealingStep extends Hamiltonian {
  /** Inverse temperature of the step before. */
  readonly before: tf.Tensor;
}

/** A transition with what it adds to the log weights. */
export interface Annealed extends Transition {
  /** (beta - before) log p(x | z) of the latents before the transition, [chain]. */
  readonly logWeight: tf.Tensor1D;
}

/**
 * Weighs the latents by the change of temperature, then moves them at the new one.
 *
 * From the prior up to beta = 1, the mean of exp(sum of log weights) is p(x): Neal 2001, eq. 8. From an exact sample of
 * the posterior down to beta = 0 it is 1 / p(x), so that minus the log of the mean bounds log p(x) from above: Grosse
 * et al. 2015, section 3.2. One step up is importance sampling from the prior.
 *
 * @param state Where the chains are.
 * @param lookAt Evaluates the likelihood.
 * @param step The temperatures, the randomness and the pace.
 */
export function annealingStep(
  state: ChainState,
  lookAt: LookAt,
  step: AnnealingStep,
): Annealed {
  const logWeight = state.logLikelihood.mul(step.beta.sub(step.before)).as1D();
  return { logWeight, ...hamiltonianTransition(state, lookAt, step) };
}
