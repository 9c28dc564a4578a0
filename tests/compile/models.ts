/**
 * Small models to compile whole.
 * @module
 */
import * as tf from "@tensorflow/tfjs";
import { type Model, parameter, training } from "./training.ts";

/** Sizes of a VAE. */
export interface VaeSizes {
  readonly batch: number;
  readonly pixels: number;
  readonly hidden: number;
  readonly latent: number;
}

/** A VAE with one hidden layer on each side and Bernoulli pixels (Kingma & Welling 2014). */
export function vaeModel({ batch, pixels, hidden, latent }: VaeSizes): Model {
  const layer = (rows: number, columns: number) => ({
    weights: parameter([rows, columns]),
    bias: parameter([columns]),
  });
  const [encoder, mean, logVariance, decoder, logits] = [
    layer(pixels, hidden),
    layer(hidden, latent),
    layer(hidden, latent),
    layer(latent, hidden),
    layer(hidden, pixels),
  ];
  const apply = (x: tf.Tensor, { weights, bias }: typeof encoder) =>
    x.matMul(weights).add(bias);
  const variables = [encoder, mean, logVariance, decoder, logits].flatMap(
    ({ weights, bias }) => [weights, bias],
  );
  return training(variables, {
    images: { shape: [batch, pixels] },
    noise: { shape: [batch, latent] },
  }, ({ images, noise }) => {
    const h = apply(images!, encoder).tanh();
    const [mu, s] = [apply(h, mean), apply(h, logVariance)];
    const z = mu.add(s.mul(0.5).exp().mul(noise!));
    const x = apply(apply(z, decoder).tanh(), logits);
    const logProb = images!.mul(x).sub(tf.softplus(x)).sum(-1);
    const kl = mu.square().add(s.exp()).sub(s).sub(1).sum(-1).mul(0.5);
    return kl.sub(logProb).mean();
  });
}

/** A convolutional autoencoder of tf.layers. */
export function convolutionalModel(): Model {
  const [batch, side] = [3, 8];
  const common = {
    kernelSize: 3,
    strides: 2,
    padding: "same",
    kernelInitializer: tf.initializers.randomNormal({ stddev: 0.3, seed: 7 }),
  } as const;
  const model = tf.sequential({
    layers: [
      tf.layers.conv2d({
        ...common,
        filters: 4,
        activation: "relu",
        inputShape: [side, side, 1],
      }),
      tf.layers.conv2d({ ...common, filters: 6, activation: "elu" }),
      tf.layers.conv2dTranspose({ ...common, filters: 4, activation: "relu" }),
      tf.layers.conv2dTranspose({ ...common, filters: 1 }),
    ],
  });
  const variables = model.trainableWeights.map((weight) => {
    return weight.read() as tf.Variable; // a layer's weight reads as its variable
  });
  return training(
    variables,
    { images: { shape: [batch, side, side, 1] } },
    ({ images }) => {
      const output = model.apply(images!) as tf.Tensor; // one input, one output
      return output.sub(images!).square().mean();
    },
  );
}

/** A transformer with one layer that predicts the next token. */
export function transformerModel(): Model {
  const [batch, length, width, heads, vocabulary] = [2, 6, 8, 2, 11];
  const embedding = parameter([vocabulary, width]);
  const positions = parameter([length, width]);
  const qkv = parameter([width, 3 * width]);
  const project = parameter([width, width]);
  const widen = parameter([width, 4 * width]);
  const narrow = parameter([4 * width, width]);
  const gain = parameter([width]);
  const head = parameter([width, vocabulary]);
  const normalize = (x: tf.Tensor) => {
    const { mean, variance } = tf.moments(x, -1, true);
    return x.sub(mean).mul(variance.add(1e-5).rsqrt()).mul(gain.add(1));
  };
  const attend = (x: tf.Tensor) => {
    const [q, k, v] = tf.split(
      tf.matMul(x.reshape([batch * length, width]), qkv),
      3,
      -1,
    )
      .map((part) =>
        part.reshape([batch, length, heads, width / heads]).transpose([
          0,
          2,
          1,
          3,
        ])
      );
    const scores = tf.matMul(q!, k!, false, true).mul(
      1 / Math.sqrt(width / heads),
    );
    const mask = tf.linalg.bandPart(tf.ones([length, length]), -1, 0).cast(
      "bool",
    );
    const weights = tf.softmax(tf.where(mask, scores, -1e9));
    const mixed = tf.matMul(weights, v!).transpose([0, 2, 1, 3]);
    return tf.matMul(mixed.reshape([batch * length, width]), project).reshape(
      x.shape,
    );
  };
  const gelu = (x: tf.Tensor) =>
    x.mul(0.5).mul(x.mul(Math.SQRT1_2).erf().add(1));
  return training(
    [embedding, positions, qkv, project, widen, narrow, gain, head],
    {
      source: { shape: [batch, length], dtype: "int32" },
      target: { shape: [batch, length], dtype: "int32" },
    },
    ({ source, target }) => {
      let x: tf.Tensor = tf.gather(embedding, source as tf.Tensor2D).add(
        positions,
      );
      x = x.add(attend(normalize(x)));
      const flat = normalize(x).reshape([batch * length, width]);
      x = x.add(
        tf.matMul(gelu(tf.matMul(flat, widen)), narrow).reshape(x.shape),
      );
      const logits = tf.matMul(
        normalize(x).reshape([batch * length, width]),
        head,
      );
      const oneHot = tf.oneHot(
        target!.reshape([batch * length]) as tf.Tensor1D,
        vocabulary,
      );
      return oneHot.mul(tf.logSoftmax(logits)).sum(-1).mean().neg();
    },
    vocabulary,
  );
}

/** A GRU of tf.layers that reads vectors. */
export function gruModel(): Model {
  const [batch, length, width] = [3, 4, 5];
  const model = tf.sequential({
    layers: [
      tf.layers.gru({
        units: 6,
        inputShape: [length, width],
        kernelInitializer: tf.initializers.randomNormal({
          stddev: 0.5,
          seed: 3,
        }),
        recurrentInitializer: tf.initializers.randomNormal({
          stddev: 0.5,
          seed: 4,
        }),
      }),
      tf.layers.dense({
        units: 1,
        kernelInitializer: tf.initializers.randomNormal({ seed: 5 }),
      }),
    ],
  });
  const variables = model.trainableWeights.map((weight) => {
    return weight.read() as tf.Variable; // a layer's weight reads as its variable
  });
  return training(variables, {
    x: { shape: [batch, length, width] },
    y: { shape: [batch, 1] },
  }, ({ x, y }) => {
    const output = model.apply(x!) as tf.Tensor; // one input, one output
    return output.sub(y!).square().mean();
  });
}
