/**
 * Losses of a U-Net that removes noise, of a flow, and of a recurrent translator, to be minimized.
 * @module
 */
import * as tf from "@tensorflow/tfjs";
import { tokenCrossEntropy } from "../../models/objectives/token_cross_entropy.ts";
import { createOwned } from "../../models/parameters/parameters.ts";
import { createRealNvp } from "../../models/real_nvp.ts";
import { seq2seqSpecs } from "../../models/recurrent/seq2seq_parameters.ts";
import { seq2seq } from "../../models/seq2seq.ts";
import { unet, unetSpecs } from "../../models/unet.ts";
import { keyFrom } from "../../pipelines/core/random/key.ts";
import { sampleParameter } from "../../pipelines/training/sample_parameter.ts";
import { noise, tokens } from "./inputs.ts";
import type { Fed, Problem } from "./training.ts";

/** Images of a batch, and pixels of an image. */
const [BATCH, PIXELS] = [64, 784];

/** Squared error of the noise that a U-Net of 0.48 M parameters finds in batches of 64 images of 28 x 28 pixels. */
export function unetProblem(): Problem {
  const sizes = { side: 28, channels: 16, timeWidth: 64, classes: 10 };
  const model = createOwned(
    unetSpecs(sizes),
    sampleParameter(keyFrom(0)),
    (parameters) => ({
      predict: (images: tf.Tensor2D, time: tf.Tensor2D, classes: tf.Tensor1D) =>
        unet(images, { time, classes }, parameters, sizes),
    }),
  );
  return {
    variables: model.variables,
    feeds: {
      images: noise([BATCH, PIXELS]),
      noise: noise([BATCH, PIXELS]),
      time: noise([BATCH, sizes.timeWidth]),
      classes: tokens([BATCH], sizes.classes + 1),
    },
    loss: ({ images, noise, time, classes }) => {
      const rows = images!.as2D(BATCH, PIXELS);
      const waves = time!.as2D(BATCH, sizes.timeWidth);
      const found = model.predict(rows, waves, classes!.as1D());
      return found.sub(noise!).square().mean<tf.Scalar>();
    },
  };
}

/** Minus the bound of a RealNVP with uniform dequantization, as `flow-mnist` has it, for batches of 64 images. */
export function flowProblem(): Problem {
  const model = createRealNvp(
    { dequantization: "uniform" },
    sampleParameter(keyFrom(0)),
  );
  const levels = tokens([BATCH, PIXELS], 256);
  const uniforms = Float32Array.from(levels.data, (_, i) => (i % 977) / 977);
  return {
    variables: model.variables,
    feeds: {
      images: levels,
      noise: { shape: [BATCH, PIXELS], dtype: "float32", data: uniforms },
    },
    loss: ({ images, noise }) => {
      const rows = images!.cast("float32").as2D(BATCH, PIXELS);
      const bound = model.bound(rows, noise!.as2D(BATCH, PIXELS));
      return bound.mean<tf.Scalar>().neg();
    },
  };
}

/** Sizes of a translator with GRUs, and of what it reads. */
export interface TranslatorSizes {
  readonly batch: number;
  /** Words of a sentence, on both sides. */
  readonly length: number;
  readonly vocabulary: { readonly source: number; readonly target: number };
  readonly embedding: number;
  readonly units: number;
}

/** Sizes of `translate-gru`, and batches of 64 sentences of 16 words. */
export const usualTranslator: TranslatorSizes = {
  batch: BATCH,
  length: 16,
  vocabulary: { source: 7857, target: 5977 },
  embedding: 128,
  units: 128,
};

/** Cross-entropy of a translator with GRUs and additive attention. */
export function translatorProblem(
  { batch, length, vocabulary, ...sizes }: TranslatorSizes = usualTranslator,
): Problem {
  const model = createOwned(
    seq2seqSpecs({
      ...sizes,
      vocabulary,
      attention: "additive",
      maxSource: length,
    }),
    sampleParameter(keyFrom(0)),
    seq2seq,
  );
  const words = (count: number): Fed => tokens([batch, length], count);
  return {
    variables: model.variables,
    feeds: {
      source: words(vocabulary.source),
      before: words(vocabulary.target),
      goal: words(vocabulary.target),
    },
    loss: ({ source, before, goal }) => {
      const ids = source!.as2D(batch, length);
      const encoded = model.encode(ids, tf.onesLike(ids).cast("float32"));
      const { logits } = model.teach(before!.as2D(batch, length), encoded);
      const rows = logits.as2D(batch * length, vocabulary.target);
      return tokenCrossEntropy(rows, goal!.as1D()).mean<tf.Scalar>();
    },
  };
}
