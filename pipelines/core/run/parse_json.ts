/**
 * Reads JSON from disk, by a schema.
 * @module
 */
import type { ZodType } from "zod";

/** The module `zod`, which is loaded when something is read. */
export type Zod = typeof import("zod");

/**
 * Parses JSON and holds it against a schema.
 *
 * @typeParam T What the schema describes.
 * @param text The JSON.
 * @param source Where it came from, for errors.
 * @param schemaOf Makes the schema, once zod is loaded.
 * @returns The value.
 * @throws {SyntaxError} If the text is not JSON or breaks the schema, naming the source and the rule.
 */
export async function parseJson<T>(
  text: string,
  source: string,
  schemaOf: (zod: Zod["z"]) => ZodType<T>,
): Promise<T> {
  const { z } = await import("zod");
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new SyntaxError(
      `Expected ${source} to be JSON: ${(error as Error).message}`, // by `JSON.parse`
    );
  }
  const result = schemaOf(z).safeParse(value);
  if (result.success) return result.data;
  const rules = result.error.issues.map(({ message, path }) =>
    `${path.join(".") || "the value"}: ${message}`
  );
  throw new SyntaxError(`Cannot read ${source}: ${rules.join("; ")}`);
}
