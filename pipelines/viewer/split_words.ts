/**
 * Command lines of words and flags.
 * @module
 */
import { type Flags, readFlags } from "../core/task/flags.ts";

/**
 * Reads the words before the first flag, and the flags.
 *
 * @typeParam C The configuration.
 * @param flags One field for each entry of `C`.
 * @param args The arguments.
 * @returns The words, and the entries whose flags were given.
 * @throws {UsageError} If a flag is unknown, or has a wrong value.
 */
export function splitWords<C extends object>(
  flags: Flags<C>,
  args: readonly string[],
): { readonly words: readonly string[]; readonly given: Partial<C> } {
  const first = args.findIndex((arg) => arg.startsWith("--"));
  const words = first < 0 ? args : args.slice(0, first);
  return { words, given: readFlags(flags, args.slice(words.length)) };
}
