/**
 * The matrix products of a recurrent translator's update.
 * @module
 */
import type { TranslatorSizes } from "./generative_models.ts";
import { allOf, layer, matrix, type Product } from "./product_lists.ts";

/** Gates and candidate of a GRU. */
const PARTS = 3;

/**
 * An update of a GRU encoder of both directions, additive attention and a GRU decoder.
 *
 * What is known of all steps at once is one product, and so are the gradients of weights that many steps share.
 */
export function translatorProducts(
  { batch, length, vocabulary, embedding, units }: TranslatorSizes,
): readonly Product[] {
  const all = batch * length; // vectors of all steps
  const gates = PARTS * units;
  const steps = { batch, steps: length };
  const words = matrix(all, embedding);
  const direction = () => [
    ...allOf(layer(all, embedding, gates, words)),
    ...stepwise({ batch, steps: length - 1 }, units, gates), // the first state is zero
  ];
  return [
    ...direction(),
    ...direction(),
    ...allOf(layer(batch, 2 * units, units)), // to the first state of the decoder
    ...allOf(layer(all, 2 * units, units)), // keys
    ...stepwise(steps, units, units), // queries
    ...stepwise({ batch: all, steps: length }, units, 1), // scores of source positions
    ...contexts(batch, length, 2 * units),
    ...stepwise(steps, embedding + 2 * units, gates),
    ...stepwise(steps, units, gates),
    ...allOf(layer(all, 3 * units + embedding, embedding)), // readout of state, context and word
    ...allOf(layer(all, embedding, vocabulary.target)),
  ];
}

/** A layer of one step after the other, whose inputs are known one by one. */
function stepwise(
  { batch, steps }: { readonly batch: number; readonly steps: number },
  inputs: number,
  outputs: number,
): readonly Product[] {
  const weight = matrix(inputs, outputs);
  const ofStep = () => {
    const { result, toInput } = layer(batch, inputs, outputs);
    return [
      { ...result, right: weight },
      { ...toInput, right: weight },
    ];
  };
  return [
    ...Array.from({ length: steps }, ofStep).flat(),
    layer(batch * steps, inputs, outputs).toWeight,
  ];
}

/** Means of the memory, weighted by scores, for each step of the decoder. */
function contexts(
  batch: number,
  length: number,
  width: number,
): readonly Product[] {
  const memory = matrix(batch, length, width);
  const ofStep = (): readonly Product[] => {
    const [weights, dy] = [matrix(batch, 1, length), matrix(batch, 1, width)];
    return [
      { left: weights, right: memory },
      { left: dy, right: memory, transposed: "right" },
      { left: weights, right: dy, transposed: "left" },
    ];
  };
  return Array.from({ length }, ofStep).flat();
}
