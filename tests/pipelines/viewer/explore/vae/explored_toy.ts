import type {
  DenseLayer,
  Explored,
} from "../../../../../pipelines/viewer/explore/vae/explored.ts";

function layer(
  inputs: number,
  outputs: number,
  activation: DenseLayer["activation"],
): DenseLayer {
  const numbers = (count: number) =>
    Float32Array.from({ length: count }, (_, i) => Math.sin(3 * i + count));
  return {
    kind: "dense",
    inputs,
    outputs,
    activation,
    weight: numbers(inputs * outputs),
    bias: numbers(outputs),
  };
}

/** A VAE of 4 x 6 pixels and 3 latents without test images. */
export const explored: Explored = {
  title: "a toy",
  about: "about it",
  rows: 4,
  columns: 6,
  latent: 3,
  model: {
    hidden: [layer(24, 5, "tanh")],
    mean: layer(5, 3, "none"),
    logVariance: layer(5, 3, "none"),
    decoder: [layer(3, 5, "relu"), layer(5, 24, "sigmoid")],
  },
  points: "none here",
};
