/**
 * The recurrent encoder-decoder: a model of a target sentence given a source sentence, with or without attention.
 * @module
 */
import * as tf from "@tensorflow/tfjs";
import { attend } from "./attention/attend.ts";
import { keysOf, queryScores } from "./attention/query_attention.ts";
import { dropout } from "./layers/dropout.ts";
import { embedding } from "./layers/embedding.ts";
import { gru, gruCell, type GruParameters } from "./layers/gru.ts";
import { linear } from "./layers/linear.ts";
import { withGradient } from "./gradients/with_gradient.ts";
import {
  createOwned,
  type Owned,
  type SampleParameter,
} from "./parameters/parameters.ts";
import {
  type Seq2SeqOptions,
  type Seq2SeqParameters,
  seq2seqSpecs,
} from "./recurrent/seq2seq_parameters.ts";
import type {
  EncodedSource,
  Seq2Seq,
  Seq2SeqNoise,
} from "./recurrent/translator.ts";

/**
 * The recurrent encoder-decoder as functions of its parameters.
 *
 * Additive attention and attention by location ask with the state before, and their context enters the decoder's cell
 * (Bahdanau et al. 2015, section A.2.2); multiplicative attention asks with the new state (Luong et al. 2015, section
 * 3). The readout is linear: a saturating one learns the frequencies of words first, and then stands still.
 *
 * @param parameters Tensors in the places of `seq2seqSpecs`.
 */
export function seq2seq(parameters: Seq2SeqParameters): Seq2Seq {
  const { encoder, attention, decoder } = parameters;
  const isFed = attention.additive ?? attention.location;

  /** One step of all sentences, from embeddings and states of [batch, beam, ...]. */
  const advance = (
    embedded: tf.Tensor,
    state: tf.Tensor,
    { memory, keys, isToken }: Omit<EncodedSource, "state">,
  ) => {
    const gather = (state: tf.Tensor) => {
      const queries = { state, embedded };
      const source = isToken.shape[1];
      const scores = queryScores(queries, keys, source, attention);
      return scores && attend(scores, isToken, memory);
    };
    const before = isFed && gather(state);
    const input = before ? tf.concat([embedded, before.context], 2) : embedded;
    const next = cell(input, state, decoder);
    const gathered = before ?? gather(next);
    const parts = gathered
      ? [next, gathered.context, embedded]
      : [next, embedded];
    return {
      state: next,
      features: tf.concat(parts, 2),
      ...gathered && { weights: gathered.weights },
    };
  };

  return {
    encode: (source, isToken, noise) => {
      const x = drop(embedding(source, parameters.source), noise, "source");
      const forward = gru(x, isToken, encoder.forward, "forward");
      const backward = gru(x, isToken, encoder.backward, "backward");
      const both = forward.outputs.map((one, i) =>
        tf.concat([one, backward.outputs[i]!], 1) // as many steps
      );
      const memory = drop(tf.stack(both, 1), noise, "memory");
      const last = tf.concat([forward.last, backward.last], 1);
      const state = tf.tanh(linear(last, parameters.bridge));
      const keys = keysOf(memory, attention);
      return { memory, isToken, state, ...keys && { keys } };
    },
    teach: (before, encoded, { noise, forcing } = {}) => {
      const [batch, length] = before.shape;
      const truth = drop(embedding(before, parameters.target), noise, "target");
      const vectors = tf.split(truth, length, 1); // each [batch, 1, embedding]
      const own = (features: tf.Tensor, i: number) => {
        const read = linear(features, parameters.readout);
        const dropped = dropStep(read, noise, "readout", i);
        const logits = linear(dropped, parameters.output);
        const vectors = embedLikeliest(logits, parameters.target);
        return dropStep(vectors, noise, "target", i + 1);
      };
      const steps: ReturnType<typeof advance>[] = [];
      let state = encoded.state.expandDims(1); // [batch, 1, units]
      for (let i = 0, embedded = vectors[0]!; i < length; i++) { // one at least
        const step = advance(embedded, state, encoded);
        steps.push(step);
        state = step.state;
        if (i + 1 === length) break;
        embedded = vectors[i + 1]!; // as many as positions
        if (!forcing || forcing.rate >= 1) continue;
        const isTrue = tf.slice(forcing.coins, [0, i + 1], [batch, 1])
          .less(forcing.rate).cast("float32").expandDims(2);
        const read = own(step.features, i);
        embedded = read.add(isTrue.mul(embedded.sub(read)));
      }
      const joined = (parts: readonly tf.Tensor[]) => tf.concat([...parts], 1);
      const read = linear(
        joined(steps.map(({ features }) => features)),
        parameters.readout,
      );
      const weights = steps.flatMap(({ weights = [] }) => weights);
      return {
        logits: linear(drop(read, noise, "readout"), parameters.output),
        states: joined(steps.map(({ state }) => state)),
        ...weights.length > 0 && { weights: joined(weights) },
      };
    },
    step: (token, state, encoded) => {
      const embedded = embedding(token, parameters.target);
      const { features, ...rest } = advance(embedded, state, encoded);
      const read = linear(features, parameters.readout);
      return { logits: linear(read, parameters.output), ...rest };
    },
  };
}

/** A step of the decoder's cell for each row of [batch, beam, ...]. */
function cell(
  input: tf.Tensor,
  state: tf.Tensor,
  parameters: GruParameters,
): tf.Tensor {
  const units = state.shape[2]!; // rank 3
  const projected = linear(input, parameters.input).reshape([-1, 3 * units]);
  return gruCell(projected, state.reshape([-1, units]), parameters.hidden)
    .reshape(state.shape);
}

/** Vectors of the likeliest tokens, [batch, 1, width]; the choice of a token has no gradient, its vector has. */
function embedLikeliest(logits: tf.Tensor, table: tf.Tensor): tf.Tensor {
  const tokens = table.shape[0]!; // a matrix
  return withGradient([logits, table], {
    value: (scores, vectors) => embedding(tf.argMax(scores!, 2), vectors!),
    gradient: (dy, scores) => [
      tf.zeros(logits.shape),
      tf.unsortedSegmentSum(
        dy.reshape([-1, dy.shape.at(-1)!]), // vectors
        tf.argMax(scores!, 2).as1D(),
        tokens,
      ),
    ],
  });
}

type Place = Exclude<keyof Seq2SeqNoise, "rate">;

function drop(
  x: tf.Tensor,
  noise: Seq2SeqNoise | undefined,
  place: Place,
): tf.Tensor {
  return noise ? dropout(x, noise[place], noise.rate) : x;
}

/** Drops what `drop` drops, at one position, [batch, 1, width]. */
function dropStep(
  x: tf.Tensor,
  noise: Seq2SeqNoise | undefined,
  place: Place,
  position: number,
): tf.Tensor {
  if (!noise) return x;
  const part = tf.slice(noise[place], [0, position, 0], x.shape);
  return dropout(x, part, noise.rate);
}

/**
 * Creates a recurrent encoder-decoder with variables of its own.
 *
 * @param options Its sizes and kind.
 * @param draw Draws the values of one parameter.
 * @returns The model; dispose it when it is no longer used.
 */
export function createSeq2Seq(
  options: Seq2SeqOptions,
  draw: SampleParameter,
): Owned<Seq2Seq> {
  return createOwned(seq2seqSpecs(options), draw, seq2seq);
}
