/**
 * Reads JSON from disk, by a schema.
 * @module
 */
import type { ZodType } from "zod";
import { checkJson, UnclearJsonError } from "./check_json.ts";

/** How many broken rules an error names: a file of something else breaks most of them. */
const MOST_RULES = 3;

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
  return (await jsonParser(schemaOf))(text, source);
}

/**
 * Makes a parser for many texts of one schema.
 *
 * @typeParam T What the schema describes.
 * @param schemaOf Makes the schema, once zod is loaded.
 * @returns A function of the JSON and where it came from, which throws as `parseJson` does.
 */
export async function jsonParser<T>(
  schemaOf: (zod: Zod["z"]) => ZodType<T>,
): Promise<(text: string, source: string) => T> {
  const { z } = await import("zod");
  const schema = schemaOf(z);
  return (text, source) => {
    const result = schema.safeParse(parse(text, source));
    if (result.success) return result.data;
    const { issues } = result.error;
    const rules = issues.slice(0, MOST_RULES).map(({ message, path }) =>
      `${path.join(".") || "the value"}: ${message}`
    );
    const others = issues.length - rules.length;
    const more = others > 0 ? `; and ${others} more` : "";
    throw new SyntaxError(`Cannot read ${source}: ${rules.join("; ")}${more}`);
  };
}

function parse(text: string, source: string): unknown {
  try {
    const value = JSON.parse(text);
    checkJson(text, source);
    return value;
  } catch (error) {
    if (error instanceof UnclearJsonError) throw error;
    const { message } = error as Error; // by `JSON.parse`
    throw new SyntaxError(`Expected ${source} to be JSON: ${message}`);
  }
}
