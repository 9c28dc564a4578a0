/**
 * The recurrent encoder-decoder token by token.
 * @module
 */
import type * as tf from "@tensorflow/tfjs";
import type { StepwiseTranslator } from "../decoding/stepwise_translator.ts";
import type { Seq2Seq } from "./translator.ts";

/**
 * A recurrent encoder-decoder that reads one token at a time.
 *
 * What the source gives is `memory`, `isToken` and, where attention looks at the source, `keys`. Sequences begin with
 * `state`, [batch, units]; a step is told `state` of each of them, [batch, beam, units], and makes the next one.
 *
 * @param model The encoder-decoder.
 */
export function stepwiseSeq2Seq(
  { encode, step }: Pick<Seq2Seq, "encode" | "step">,
): StepwiseTranslator {
  return {
    encode: (tokens, isToken) => {
      const { state, ...source } = encode(tokens, isToken);
      return { source, first: { state } };
    },
    step: (token, { memory, isToken, keys, state }) => {
      const encoded = {
        memory: memory!, // of `encode`
        isToken: isToken as tf.Tensor2D, // likewise
        ...keys && { keys },
      };
      const { state: next, ...said } = step(token, state!, encoded); // told
      return { ...said, made: { state: next } };
    },
  };
}
