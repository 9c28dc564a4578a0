/**
 * The alternatives that a flag of a sweep names.
 * @module
 */
import type { Json } from "../core/context.ts";
import type { Field } from "../core/task/fields.ts";
import { readValue } from "../core/task/flags.ts";
import { UsageError } from "../core/task/usage_error.ts";

/** The most cases of a sweep: what one array of Slurm holds by default. */
export const MOST_CASES = 1000;

/**
 * Reads the alternatives for one setting: `2,3,5`, `0..4`, or one for each time the flag is there.
 *
 * A comma separates alternatives only where the field itself takes no comma: lists and texts have them inside, and take
 * alternatives by repeating the flag. A range is for whole numbers, both ends included.
 *
 * @param flag The name of the flag, for errors.
 * @param field The field, which refuses what breaks its rule.
 * @param texts What was written after the flag, each time.
 * @returns The values in order.
 * @throws {UsageError} If a value is refused, is there twice, or a range has its ends the wrong way round.
 *
 * @example Whole numbers with commas and ranges
 * ```ts
 * import { count } from "@lowerbound/lowerbound";
 * import { alternativesOf } from "@lowerbound/lowerbound/sweeps";
 *
 * console.log(alternativesOf("latent", count(3, "of a code"), ["2,5..7"])); // [ 2, 5, 6, 7 ]
 * ```
 */
export function alternativesOf(
  flag: string,
  field: Field<Json>,
  texts: readonly string[],
): readonly Json[] {
  const values = texts.flatMap((text) => partsOf(flag, field, text))
    .map((text) => readValue(flag, field, text));
  const seen = new Set<string>();
  for (const value of values) {
    const text = JSON.stringify(value);
    if (seen.has(text)) {
      throw new UsageError(
        `Expected each --${flag} once but found ${text} twice`,
      );
    }
    seen.add(text);
  }
  return values;
}

function partsOf(
  flag: string,
  field: Field<Json>,
  text: string,
): readonly string[] {
  if (Array.isArray(field.fallback) || accepts(field, text)) return [text];
  return text.split(",").flatMap((part) =>
    field.form === "COUNT" ? rangeOf(flag, part.trim()) : [part.trim()]
  );
}

function accepts(field: Field<Json>, text: string): boolean {
  try {
    field.parse(text);
    return true;
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
}

function rangeOf(flag: string, text: string): readonly string[] {
  const [, from, to] = /^(\d+)\.\.(\d+)$/.exec(text) ?? [];
  if (from === undefined || to === undefined) return [text];
  const [low, high] = [Number(from), Number(to)];
  if (low > high) {
    throw new UsageError(
      `Expected --${flag} to have the lower end of a range first but found ${text}`,
    );
  }
  if (high - low >= MOST_CASES) {
    throw new UsageError(
      `Expected at most ${MOST_CASES} cases but found --${flag} ${text}`,
    );
  }
  return Array.from({ length: high - low + 1 }, (_, i) => String(low + i));
}
