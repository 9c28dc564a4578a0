/**
 * Replacements on TensorFlow.js's cpu backend, whose own writes into the tensor that it is given.
 * @module
 */
import * as tf from "@tensorflow/tfjs";

/** Replaces elements of a copy. */
export const tensorScatterUpdate: tf.KernelConfig = {
  kernelName: "TensorScatterUpdate",
  backendName: "cpu",
  kernelFunc: ({ inputs, backend }) => {
    const cpu = backend as tf.KernelBackend; // the kernel is registered for it
    const [tensor, indices, updates] = ["tensor", "indices", "updates"].map((
      name,
    ) => inputs[name]!) as [tf.TensorInfo, tf.TensorInfo, tf.TensorInfo]; // of this kernel
    const { shape, dtype } = tensor;
    const numbers = (info: tf.TensorInfo) =>
      cpu.readSync(info.dataId) as Float32Array; // or integers
    const { sliceRank, numUpdates, sliceSize, strides } = tf.backend_util
      .calculateShapes(describe(updates), describe(indices), shape);
    const values = numbers(tensor).slice();
    const [at, from] = [numbers(indices), numbers(updates)];
    for (let i = 0; i < numUpdates; i++) {
      const index = at.slice(i * sliceRank, (i + 1) * sliceRank);
      if (index.some((place, axis) => !(place >= 0 && place < shape[axis]!))) { // an axis for each
        throw new RangeError(
          `Expected indices into [${shape}] but found [${index}]`,
        );
      }
      const row = index.reduce((sum, k, axis) => sum + k * strides[axis]!, 0);
      const update = from.subarray(i * sliceSize, (i + 1) * sliceSize);
      values.set(update, row * sliceSize);
    }
    return { dataId: cpu.write(values, shape, dtype), shape, dtype };
  },
};

function describe({ shape }: tf.TensorInfo): tf.TensorInfo {
  return { shape, dtype: "float32", dataId: {} };
}
