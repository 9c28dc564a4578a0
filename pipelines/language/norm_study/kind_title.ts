/**
 * How a reader knows a kind of model.
 * @module
 */
import type { Normalization } from "../../../models/layers/residual.ts";

/**
 * Names a kind of model.
 *
 * @param kind Where its layer norms stand, and how many layers it has.
 * @returns Such as "pre-norm, 12 layers".
 */
export function kindTitle(
  { normalization, layers }: {
    readonly normalization: Normalization;
    readonly layers: number;
  },
): string {
  return `${normalization}-norm, ${layers} layers`;
}
