/**
 * Stand-in for `jsr:@std/cli/parse-args`: command-line arguments as an object.
 * @module
 */

import { FlagTable, numberOr } from "./flag_table.ts";
import type { Args, ParseOptions } from "./parse_options.ts";

export type { Args, ParseOptions } from "./parse_options.ts";

/** `--name`, `--name=value`, `--no-name`. */
const LONG = /^--(?<key>[^=]+)(?:=(?<value>.*))?$/s;
/** `-a`, `-abc`, `-n5`, `-n=5`; a lone `-` is a positional argument. */
const SHORT = /^-[^-]/;
const NUMBER = /^-?\d+(\.\d*)?(e-?\d+)?$/;

/**
 * Reads arguments such as `Deno.args`.
 *
 * What is no flag goes to `_`, and numbers there, as under flags not declared as strings, become
 * numbers. Everything after `--` is left as it is, under `_`, or under `--` with the option `"--"`.
 */
export function parseArgs<
  const B extends string = never,
  const S extends string = never,
  const C extends string = never,
  const D extends object = Record<never, never>,
>(args: string[], options: ParseOptions<B, S, C, D> = {}): Args<B, S, C, D> {
  const end = args.includes("--") ? args.indexOf("--") : args.length;
  const table = new FlagTable(options);
  const positional = readFlags(table, args.slice(0, end), options);
  const rest = args.slice(end + 1);
  const found: Record<string, unknown> = {
    _: options["--"] ? positional : [...positional, ...rest],
    ...table.withDefaults(),
    ...(options["--"] && { "--": rest }),
  };
  return found as Args<B, S, C, D>; // keys and values as declared in `options`, by `FlagTable`
}

/** Puts each flag into the table; returns the positional arguments. */
function readFlags(
  table: FlagTable,
  args: readonly string[],
  options: ParseOptions<string, string, string, object>,
): readonly (string | number)[] {
  const positional: (string | number)[] = [];
  for (let i = 0; i < args.length; i++) {
    const arg = args[i] ?? "";
    const next = args[i + 1];
    const long = LONG.exec(arg)?.groups;
    if (long !== undefined) {
      i += readLong(table, arg, long["key"] ?? "", long["value"], next);
    } else if (SHORT.test(arg)) {
      i += readShort(table, arg, next);
    } else {
      if (options.unknown?.(arg) !== false) {
        positional.push(table.isString("_") ? arg : numberOr(arg));
      }
      if (options.stopEarly) return [...positional, ...args.slice(i + 1)];
    }
  }
  return positional;
}

/** Returns how many of the following arguments were taken as the value. */
function readLong(
  table: FlagTable,
  arg: string,
  key: string,
  value: string | undefined,
  next: string | undefined,
): 0 | 1 {
  if (value !== undefined) {
    table.set(key, table.isBoolean(key) ? value !== "false" : value, arg);
    return 0;
  }
  if (key.startsWith("no-") && table.isNegatable(key.slice(3))) {
    table.set(key.slice(3), false, arg);
    return 0;
  }
  return readValue(table, arg, key, next);
}

function readShort(
  table: FlagTable,
  arg: string,
  next: string | undefined,
): 0 | 1 {
  for (let j = 1; j < arg.length; j++) {
    const letter = arg.charAt(j);
    const rest = arg.slice(j + 1);
    if (rest === "") return readValue(table, arg, letter, next);
    if (/^[^\w]/.test(rest) || (/[A-Za-z]/.test(letter) && NUMBER.test(rest))) {
      table.set(letter, rest.replace(/^=/, ""), arg);
      return 0;
    }
    table.set(letter, table.isString(letter) ? "" : true, arg);
  }
  return 0;
}

/** The value is the next argument, unless the flag is a boolean or another flag follows. */
function readValue(
  table: FlagTable,
  arg: string,
  key: string,
  next: string | undefined,
): 0 | 1 {
  const takesText = !table.isBoolean(key) &&
    !(table.allBooleans && arg.startsWith("--"));
  if (next !== undefined && takesText && !next.startsWith("-")) {
    table.set(key, next, arg);
    return 1;
  }
  if (next === "true" || next === "false") {
    table.set(key, next === "true", arg);
    return 1;
  }
  table.set(key, table.isString(key) ? "" : true, arg);
  return 0;
}
