/**
 * The stage that measures the derivatives of each layer of an untrained model by what enters it.
 * @module
 */
import * as tf from "@tensorflow/tfjs";
import { fold, split } from "../../core/random/key.ts";
import { type Stage, stage } from "../../core/stage.ts";
import type { LayerJacobian } from "./norm_study_entries.ts";
import type { OwnedSequenceModel } from "../../text/sequence_model.ts";
import type { CharacterText } from "../../text/text_entries.ts";
import { jacobian } from "./jacobian.ts";
import { singularValues } from "./singular_values.ts";
import { textBatches } from "../../text/text_batches.ts";
import { derivedJacobian } from "./derived_jacobian.ts";
import { count } from "../../core/task/fields.ts";
import { type Flags, only } from "../../core/task/flags.ts";
import {
  type TransformerDepth,
  transformerDepth,
  type TransformerShape,
  transformerShape,
} from "../build_transformer.ts";

/** Directions that a layer norm takes away at each position: that of the mean, and that of the vector itself. */
const TAKEN_AWAY = 2;

/** How often to draw the weights of a model whose layers are differentiated. */
export interface JacobianSeeds {
  /** Draws of the weights. */
  readonly jacobianSeeds: number;
}

/** The setting of `JacobianSeeds`, with its default and rule. */
export const jacobianSeeds: Flags<JacobianSeeds> = {
  jacobianSeeds: count(5, "draws of their weights", { smoke: 1 }),
};

/** Computes the derivatives of each layer by automatic differentiation, and their singular values. */
export const measureJacobians: Stage<
  & Partial<Pick<TransformerDepth, "normalization">>
  & Partial<Pick<TransformerShape, "heads">>
  & Partial<JacobianSeeds>
  & {
    readonly model: OwnedSequenceModel;
    readonly text: CharacterText;
  },
  { readonly jacobians: readonly LayerJacobian[] }
> = stage("jacobians", {
  needs: ["model", "text"],
  settings: {
    ...only(transformerDepth, "normalization"),
    ...only(transformerShape, "heads"),
    ...jacobianSeeds,
  },
  adds: { jacobians: "singular values of each layer's derivative, by draw" },
}, ({ model, text, normalization, heads, jacobianSeeds }, context) => {
  const { places, width } = model;
  const [weightKey, textKey] = split(context.key, 2);
  const batches = textBatches(text.train, { ...model, batch: 1 }, textKey);
  const size = model.context * width;
  const lost = normalization === "post" ? TAKEN_AWAY * model.context : 0;
  const measure = (draw: number) => {
    context.signal.throwIfAborted();
    model.redraw(fold(weightKey, draw));
    const windows = tf.tensor2d(
      batches.at(draw, 1),
      [1, model.window],
      "int32",
    );
    const { activations } = model.predict(model.cut(windows));
    return places.slice(1).map(({ weights }, i) => {
      const x = activations[i]!; // a place before each layer
      const found = jacobian((x) => layerOutput(model, windows, i, x), x);
      const derived = derivedJacobian(model, weights, x, {
        heads,
        normalization,
      });
      const values = singularValues(found, size);
      return {
        layer: i + 1,
        largest: values[0]!,
        smallest: values[size - 1]!,
        smallestKept: values[size - 1 - lost]!,
        derivationError: greatestDifference(found, derived) / values[0]!,
      };
    });
  };
  const draws = Array.from({ length: jacobianSeeds }, (_, draw) => draw);
  return { jacobians: draws.flatMap((draw) => tf.tidy(() => measure(draw))) };
});

/** The output of a layer, as a function of what enters it. */
function layerOutput(
  model: OwnedSequenceModel,
  windows: tf.Tensor2D,
  layer: number,
  x: tf.Tensor,
): tf.Tensor {
  const { context, width, places } = model;
  const [batch] = x.shape;
  const copies = tf.tile(windows, [batch!, 1]); // x has a batch
  const parts = model.cut(copies);
  const { activations } = model.predict(parts);
  const change = x.sub(activations[layer]!);
  const none = tf.zeros([batch!, context, width]);
  const probes = places.map((_, i) => i === layer ? change : none);
  return model.predict(parts, probes).activations[layer + 1]!;
}

function greatestDifference(a: Float32Array, b: Float32Array): number {
  return a.reduce((most, x, i) => Math.max(most, Math.abs(x - b[i]!)), 0);
}
