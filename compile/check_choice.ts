/**
 * Options that are one of a few words, as plain JavaScript or JSON may have them.
 * @module
 */
import type { DType } from "./dtype.ts";
import type { Device, Parallel } from "./types.ts";

/** All devices. */
export const DEVICES: readonly Device[] = ["cpu", "webgpu", "tfjs"];

/** All that threads can share. */
export const PARALLELS: readonly Parallel[] = ["operations", "calls"];

/** How often variables can be said to change. */
export const VARIABLE_KINDS: readonly string[] = ["changing", "steady"];

/** All types of numbers. */
export const DTYPES: readonly DType[] = ["float32", "int32", "bool"];

/**
 * Checks that an option is one of its words.
 *
 * @param option Names it.
 * @param found Its value, of any type.
 * @param choices The words.
 * @throws {RangeError} If it is something else.
 */
export function checkChoice(
  option: string,
  found: unknown,
  choices: readonly string[],
): void {
  if (choices.some((choice) => choice === found)) return;
  throw new RangeError(
    `Expected ${option} to be ${choices.slice(0, -1).join(", ")} or ${
      choices.at(-1)
    } but found ${JSON.stringify(found)}`,
  );
}

/**
 * Checks the name of something that an ONNX file names.
 *
 * @param option Names the option.
 * @param found Its value, of any type.
 * @throws {TypeError} If it is no text, or an empty one.
 */
export function checkName(option: string, found: unknown): void {
  if (typeof found === "string" && found !== "") return;
  throw new TypeError(
    `Expected ${option} to be a text that is not empty but found ${
      JSON.stringify(found)
    }`,
  );
}
