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
  const entries = Object.entries<Field<unknown>>(flags);
  const fields = new Map(
    entries.map(([name, field]) => [kebab(name), { name, field }] as const),
  );
  const toggles = [...fields.keys()]
    .filter((flag) => fields.get(flag)?.field.form === "");
  const valued = [...fields.keys()].filter((flag) => !toggles.includes(flag));
  const long = args.map((arg) =>
    arg === "-h" && fields.has("help") ? "--help" : arg
  );
  const joined = joinValues(long, valued);
  const written = writtenFlags(joined, toggles);
  const found = parseArgs([...joined], {
    string: valued,
    boolean: toggles,
    negatable: toggles,
    unknown: (arg, key) => refuse(arg, key, fields.keys()),
  });
  if (found._.length > 0) refuseWord(found._[0]);
  const given: Record<string, unknown> = {};
  for (const { flag, value } of written) {
    const { name, field } = fields.get(flag)!; // unknown flags were refused
    if (name in given) throw new UsageError(`Expected --${flag} only once`);
    const read = found as Readonly<Record<string, unknown>>; // names are known at run time only
    given[name] = parse(flag, field, value ?? String(read[flag]));
  }
  return given as Partial<C>; // one field per entry, by `Flags<C>`
}

/** Writes the name of an entry as that of its flag: `batchSize` is `batch-size`. */
export function kebab(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}

/** Writes `--seed -1` as `--seed=-1`: a value may begin with a hyphen, and no flag has only one. */
function joinValues(
  args: readonly string[],
  valued: readonly string[],
): readonly string[] {
  const joined: string[] = [];
  for (let i = 0; i < args.length; i++) {
    const [arg, next] = [args[i]!, args[i + 1]]; // in range
    const takesNext = valued.some((flag) => arg === `--${flag}`) &&
      next !== undefined && /^-($|[^-])/.test(next);
    joined.push(takesNext ? `${arg}=${next}` : arg);
    if (takesNext) i++;
  }
  return joined;
}

interface Written {
  readonly flag: string;
  /** What was written after `=`. */
  readonly value: string | undefined;
}

/** The flags in order; `parseArgs` keeps the last of two only, and takes `--toggle=maybe` for true. */
function writtenFlags(
  args: readonly string[],
  toggles: readonly string[],
): readonly Written[] {
  return args.filter((arg) => /^--./.test(arg)).map((arg) => {
    const [, name = "", value] = /^--([^=]*)(?:=(.*))?$/s.exec(arg) ?? [];
    const isNegated = value === undefined && name.startsWith("no-") &&
      toggles.includes(name.slice(3));
    return { flag: isNegated ? name.slice(3) : name, value };
  });
}

function parse(flag: string, field: Field<unknown>, text: string): unknown {
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
