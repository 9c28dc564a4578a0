/**
 * Command-line flags whose names and types come from a configuration interface.
 * @module
 */
import { parseArgs } from "@std/cli/parse-args";
import type { Field } from "./fields.ts";
import { nearest } from "./nearest.ts";
import type { Flags } from "./settings_table.ts";
import { UsageError } from "./usage_error.ts";

export {
  complete,
  type Flags,
  namesOf,
  only,
  type Size,
  withDefaults,
} from "./settings_table.ts";

/**
 * Reads `--kebab-case value` and `--kebab-case=value` arguments.
 *
 * @typeParam C The configuration.
 * @param flags One field for each entry of `C`.
 * @param args The arguments, as in `Deno.args`.
 * @returns The entries whose flags were given.
 * @throws {UsageError} If a flag is unknown, given twice, without a value or with a wrong one.
 */
export function readFlags<C extends object>(
  flags: Flags<C>,
  args: readonly string[],
): Partial<C> {
  const table: Readonly<Record<string, Field<unknown>>> = { ...flags };
  const given: Record<string, unknown> = {};
  for (const { name, flag, text } of writtenFlags(flags, args)) {
    if (name in given) throw new UsageError(`Expected --${flag} only once`);
    given[name] = readValue(flag, table[name]!, text); // unknown flags were refused
  }
  return given as Partial<C>; // one field per entry, by `Flags<C>`
}

/** A flag as it was written. */
export interface WrittenFlag {
  /** The name of its entry, such as `batchSize`. */
  readonly name: string;
  /** The name of the flag, such as `batch-size`. */
  readonly flag: string;
  /** The value, not yet parsed; `true` or `false` for a flag that takes none. */
  readonly text: string;
}

/**
 * Splits a command line into its flags, in order; a flag may be there more than once.
 *
 * @typeParam C The configuration.
 * @param flags One field for each entry of `C`.
 * @param args The arguments, as in `Deno.args`.
 * @returns Each flag with its text.
 * @throws {UsageError} If a flag is unknown, or a word is no flag.
 */
export function writtenFlags<C extends object>(
  flags: Flags<C>,
  args: readonly string[],
): readonly WrittenFlag[] {
  const fields = new Map(
    Object.entries<Field<unknown>>(flags)
      .map(([name, field]) => [kebab(name), { name, field }] as const),
  );
  const toggles = [...fields.keys()]
    .filter((flag) => fields.get(flag)?.field.form === "");
  const valued = [...fields.keys()].filter((flag) => !toggles.includes(flag));
  const long = args.map((arg) =>
    arg === "-h" && fields.has("help") ? "--help" : arg
  );
  const joined = joinValues(long, { valued, toggles });
  const found = parseArgs([...joined], {
    string: valued,
    boolean: toggles,
    negatable: toggles,
    unknown: (arg, key) => refuse(arg, key, fields.keys()),
  });
  if (found._.length > 0) refuseWord(found._[0]);
  return joined.filter((arg) => /^--./.test(arg)).map((arg) => {
    const { flag, text } = splitFlag(arg, toggles);
    return { name: fields.get(flag)!.name, flag, text }; // unknown flags were refused
  });
}

/** Writes the name of an entry as that of its flag: `batchSize` is `batch-size`. */
export function kebab(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}

interface Kinds {
  readonly valued: readonly string[];
  readonly toggles: readonly string[];
}

/** Writes `--seed -1` as `--seed=-1`: a value may begin with a hyphen, and no flag has only one. */
function joinValues(
  args: readonly string[],
  { valued, toggles }: Kinds,
): readonly string[] {
  const joined: string[] = [];
  for (let i = 0; i < args.length; i++) {
    const [arg, next = "--"] = [args[i]!, args[i + 1]]; // in range
    const named = (flags: readonly string[]) =>
      flags.some((flag) => arg === `--${flag}`);
    const takesNext = named(valued) && !next.startsWith("--") ||
      named(toggles) && /^(true|false)$/.test(next);
    joined.push(takesNext ? `${arg}=${next}` : arg);
    if (takesNext) i++;
  }
  return joined;
}

/** Takes `--name=text` apart; `--no-name` is the toggle's `false`. */
function splitFlag(
  arg: string,
  toggles: readonly string[],
): { readonly flag: string; readonly text: string } {
  const [, name = "", text] = /^--([^=]*)(?:=(.*))?$/s.exec(arg) ?? [];
  if (text !== undefined) return { flag: name, text };
  const isNegated = name.startsWith("no-") && toggles.includes(name.slice(3));
  if (isNegated) return { flag: name.slice(3), text: "false" };
  return { flag: name, text: toggles.includes(name) ? "true" : "" };
}

/**
 * Reads the text of a flag by its field.
 *
 * @typeParam T What the field reads.
 * @param flag The name of the flag, for errors.
 * @param field The field.
 * @param text The text.
 * @returns The value.
 * @throws {UsageError} If the field refuses the text, naming the flag.
 */
export function readValue<T>(flag: string, field: Field<T>, text: string): T {
  try {
    return field.parse(text);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new UsageError(`Cannot read --${flag}: ${error.message}`);
  }
}

function refuse(
  arg: string,
  key: string | undefined,
  known: Iterable<string>,
): never {
  if (key === undefined) refuseWord(arg);
  const flag = arg.replace(/=.*/s, "");
  const meant = nearest(key.replace(/^no-/, ""), known);
  const hint = meant === undefined
    ? "; --help lists them"
    : `; did you mean --${meant}?`;
  throw new UsageError(`Expected a known flag but found ${flag}${hint}`);
}

function refuseWord(word: unknown): never {
  throw new UsageError(`Expected only flags but found "${word}"`);
}
