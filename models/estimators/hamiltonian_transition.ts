/**
 * Hamiltonian Monte Carlo on a tempered posterior.
 * @module
 */
import * as tf from "@tensorflow/tfjs";
import type { ChainState, LookAt } from "./tempered_likelihood.ts";

/** The randomness and the pace of one transition. */
export interface Hamiltonian {
  /** Inverse temperature: the density is that of p(z) p(x | z)^beta. */
  readonly beta: tf.Tensor;
  /** Step size of each chain, [chain, 1]; chosen without looking at the chain itself. */
  readonly stepSizes: tf.Tensor;
  /** Leapfrog steps, one evaluation of the likelihood and its gradient each. */
  readonly leapfrogSteps: number;
  /** Standard normal, [chain, latent]. */
  readonly momentum: tf.Tensor2D;
  /** Uniform in [0, 1), [chain]. */
  readonly noise: tf.Tensor1D;
}

/** Where the chains are after a transition. */
export interface Transition {
  /** The proposals that were accepted, and the states before of those that were not. */
  readonly state: ChainState;
  /** Probability with which each proposal was accepted, [chain]. */
  readonly acceptance: tf.Tensor1D;
}

/**
 * Moves each chain by one proposal, so that p(z) p(x | z)^beta with a standard normal p(z) stays invariant.
 *
 * Source: Neal 2011, section 5.3.2 and figure 2.
 *
 * @param state Where the chains are.
 * @param lookAt Evaluates the likelihood.
 * @param options The randomness and the pace.
 */
export function hamiltonianTransition(
  state: ChainState,
  lookAt: LookAt,
  { beta, stepSizes, leapfrogSteps, momentum, noise }: Hamiltonian,
): Transition {
  const forceAt = ({ latents, gradient }: ChainState) =>
    gradient.mul(beta).sub(latents); // of log p(z) + beta log p(x | z)
  const half = stepSizes.mul(0.5);
  let proposal = state;
  let p = momentum.add(half.mul(forceAt(state)));
  for (let step = 1; step <= leapfrogSteps; step++) {
    proposal = lookAt(proposal.latents.add(stepSizes.mul(p)));
    const pace = step < leapfrogSteps ? stepSizes : half;
    p = p.add(pace.mul(forceAt(proposal)));
  }
  const energy = (at: ChainState, momentum: tf.Tensor) =>
    at.latents.square().add(momentum.square()).sum(-1).mul(0.5)
      .sub(at.logLikelihood.mul(beta));
  const gain = energy(state, momentum).sub(energy(proposal, p));
  const acceptance = gain.minimum(0).exp().as1D();
  const isAccepted = noise.less(acceptance);
  const choose = <T extends tf.Tensor>(ours: T, before: T): T =>
    tf.where(
      ours.rank === 1 ? isAccepted : isAccepted.expandDims(1),
      ours,
      before,
    );
  return {
    state: {
      latents: choose(proposal.latents, state.latents),
      logLikelihood: choose(proposal.logLikelihood, state.logLikelihood),
      gradient: choose(proposal.gradient, state.gradient),
    },
    acceptance,
  };
}
