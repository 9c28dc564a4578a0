import * as tf from "@tensorflow/tfjs";

/** An array as the golden files hold it. */
export interface Stored {
  readonly shape: readonly number[];
  readonly data: readonly number[];
}

/** Makes a tensor of a stored array. */
export function tensorOf({ shape, data }: Stored): tf.Tensor {
  return tf.tensor([...data], [...shape], "float32");
}

/** PyTorch's weights have the outputs first. */
export function transposed(stored: Stored): tf.Tensor {
  return tf.transpose(tensorOf(stored));
}
