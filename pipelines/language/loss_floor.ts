/**
 * The line that no loss can be below.
 * @module
 */
import type { SequenceModel } from "../text/sequence_model.ts";
import type { CharacterText } from "../text/text_entries.ts";
import type { ReferenceRule } from "../charts/line_chart.ts";

/**
 * Finds the least loss that any model can have.
 *
 * @param kind What the model does.
 * @param text The text.
 * @returns A line at it, where it is known.
 */
export function floorOf(
  kind: SequenceModel["kind"],
  { entropyRate }: CharacterText,
): readonly ReferenceRule[] {
  if (kind === "translates") return [{ y: 0, label: "all is known" }];
  if (entropyRate === undefined) return [];
  return [{
    y: entropyRate,
    label: `entropy rate of the text, ${entropyRate.toFixed(3)}`,
  }];
}
