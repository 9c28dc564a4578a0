/**
 * What every optimizer can do.
 * @module
 */
import type * as tf from "@tensorflow/tfjs";
import type { Gradients } from "../gradients/value_and_gradients.ts";
import type { Variables } from "../parameters/parameters.ts";

/** Changes variables along their gradients, and remembers what it needs in variables of its own. */
export interface Optimizer extends Disposable {
  /** What the optimizer remembers, by name: a checkpoint holds it with the weights. */
  readonly slots: Variables;
  /**
   * Does one update.
   *
   * @param gradients Of the loss, by the names of the variables.
   * @param learningRate A scalar tensor, so that a schedule changes it without a new trace.
   * @throws {RangeError} If the gradient of a variable is missing.
   */
  apply(gradients: Gradients, learningRate: tf.Tensor): void;
}

/** Where an optimizer keeps what it remembers. */
export interface SlotOptions {
  /**
   * The slots of parameters with fewer numbers than this lie side by side in one vector, and are updated at once: an
   * operation on few numbers costs as much as one on thousands. 32,768 unless given; 0 keeps all apart.
   */
  readonly packBelow?: number;
}
