/**
 * Networks with a state that training moves, such as the statistics of batch norms.
 * @module
 */
import type * as tf from "@tensorflow/tfjs";
import {
  type Bound,
  createParameters,
  type Owned,
  type SampleParameter,
  type Variables,
} from "../parameters/parameters.ts";

/** What training moves besides the parameters, by path. */
export type NetworkState = Readonly<Record<string, tf.Tensor>>;

/** What a network gives in training. */
export interface Pass {
  /** [batch, output] */
  readonly y: tf.Tensor2D;
  /** The state after this batch, with the paths of the state before. */
  readonly state: NetworkState;
}

/** A function of vectors that knows training from evaluation. */
export interface Network {
  /** In evaluation: [batch, input] to [batch, output], each item by itself. */
  readonly evaluate: (x: tf.Tensor2D) => tf.Tensor2D;
  /** In training: by the batch's own statistics, where there are batch norms, from the state before to the one after. */
  readonly train: (x: tf.Tensor2D, state: NetworkState) => Pass;
}

/** A network of an adversarial game, with the variables that it owns. */
export interface Player extends Owned<Network> {
  /** The state that evaluation uses, by path: part of a checkpoint, and changed by no optimizer. */
  readonly state: Variables;
}

/** A network as a function of its parameters and its state. */
export type NetworkOf<Specs, State> = (
  parameters: Bound<Specs>,
  state: Bound<State>,
) => Network;

/**
 * Creates a network with variables of its own.
 *
 * @param specs Of the parameters, which an optimizer changes.
 * @param stateSpecs Of the state.
 * @param draw Draws the values of one parameter, or of one part of the state.
 * @param networkOf The network.
 * @returns The player; dispose it when it is no longer used.
 */
export function createPlayer<
  const Specs extends object,
  const State extends object,
>(
  specs: Specs,
  stateSpecs: State,
  draw: SampleParameter,
  networkOf: NetworkOf<Specs, State>,
): Player {
  using stack = new DisposableStack();
  const parameters = stack.use(createParameters(specs, draw));
  const state = stack.use(createParameters(stateSpecs, draw));
  const network = networkOf(parameters.tree, state.tree);
  const kept = stack.move();
  return {
    ...network,
    variables: parameters.variables,
    state: state.variables,
    [Symbol.dispose]: () => kept.dispose(),
  };
}

/** Gives the variables of a state the values after a pass. */
export function assignState(
  state: Variables,
  after: NetworkState,
): void {
  for (const [name, variable] of Object.entries(state)) {
    variable.assign(after[name]!); // a pass keeps the paths
  }
}
