/**
 * The names of the places of a stack.
 * @module
 */
import type { Place } from "./sequence_model.ts";

/** How the names of a stack's weights begin. */
export interface StackNames {
  /** How the names of the embedding's weights begin. */
  readonly embedding: string;
  /** How the names of the layers' weights begin, before their numbers. */
  readonly layers: string;
}

/**
 * Names what enters a stack, and the output of each layer.
 *
 * @param stack `encoder` or `decoder`, or empty where there is one stack.
 * @param weights How the names of its weights begin.
 * @param layers How many.
 * @returns 1 + layers places.
 */
export function placesOf(
  stack: string,
  weights: StackNames,
  layers: number,
): readonly Place[] {
  return Array.from({ length: layers + 1 }, (_, layer) => {
    const name = layer === 0
      ? "embedding"
      : `layer${String(layer).padStart(2, "0")}`;
    return {
      name: stack === "" ? name : `${stack}/${name}`,
      stack,
      layer,
      weights: layer === 0
        ? weights.embedding
        : `${weights.layers}${layer - 1}/`,
    };
  });
}
