/**
 * How large the weights of a transformer begin.
 * @module
 */
import {
  glorotUniform,
  type InitialBySize,
  normal,
} from "../parameters/initials.ts";
import type { SublayerInitials } from "./transformer_layer.ts";
import type { Initial } from "../parameters/parameters.ts";

/**
 * `glorot`: uniform by Glorot & Bengio 2010, with embeddings of variance 1 / width.
 * `gpt2`: normal of 0.02, and of 0.02 / sqrt(sublayers) for weights that write to the residual path; Radford et al.
 * 2019, section 2.3.
 */
export type Initialization = "glorot" | "gpt2";

/** Initial distributions of the parts of a transformer. */
export interface TransformerInitials {
  /** Initial vectors of tokens and learned positions. */
  readonly embedding: Initial;
  /** Initial weights in each layer. */
  readonly sublayer: SublayerInitials;
  /** Initial weight of the logits, unless tied. */
  readonly head: InitialBySize;
}

/**
 * Chooses the initial distributions.
 *
 * @param initialization By name.
 * @param sizes Width of the vectors, and sublayers in all layers together.
 */
export function transformerInitials(
  initialization: Initialization,
  { width, sublayers }: { width: number; sublayers: number },
): TransformerInitials {
  if (initialization === "glorot") {
    return {
      embedding: normal(width ** -0.5),
      sublayer: { read: glorotUniform, write: glorotUniform },
      head: glorotUniform,
    };
  }
  return {
    embedding: normal(0.02),
    sublayer: {
      read: () => normal(0.02),
      write: () => normal(0.02 / Math.sqrt(sublayers)),
    },
    head: () => normal(0.02),
  };
}
