/**
 * Kinds of flags: what they accept, and what they are when absent.
 * @module
 */
import { nearest } from "./nearest.ts";

/** One flag. */
export interface Field<out T> {
  /** The value when the flag is absent. */
  readonly fallback: T;
  /** The value when the flag is absent and `--smoke` is given. */
  readonly smoke?: T;
  /** One line for `--help`, with the unit. */
  readonly help: string;
  /** What stands for the value in `--help`; empty for a flag that takes none. */
  readonly form: string;
  /** Reads the flag's text, or throws a `RangeError` that states the rule. */
  readonly parse: (text: string) => T;
}

/** What kinds of flags have in common. */
export interface FieldOptions<T> {
  /** The value when the flag is absent and `--smoke` is given. */
  readonly smoke?: T;
}

/** The numbers a flag accepts, ends included. */
export interface Bounds {
  /** The least. */
  readonly min?: number;
  /** The greatest. */
  readonly max?: number;
}

/**
 * Describes a whole number.
 *
 * @param fallback The value when the flag is absent.
 * @param help One line for `--help`, with the unit.
 * @param options The bounds, 1 to 2^53 - 1 unless given, and the value of `--smoke`.
 * @returns The field.
 */
export function count(
  fallback: number,
  help: string,
  options: Bounds & FieldOptions<number> = {},
): Field<number> {
  const { min = 1, max = Number.MAX_SAFE_INTEGER, ...rest } = options;
  const parse = (text: string) => {
    const value = toNumber(text);
    if (Number.isInteger(value) && value >= min && value <= max) return value;
    const rule = max === Number.MAX_SAFE_INTEGER
      ? `of at least ${min}`
      : `from ${min} to ${max}`;
    throw new RangeError(`Expected a whole number ${rule} but found "${text}"`);
  };
  return { fallback, help, form: "COUNT", parse, ...rest };
}

/**
 * Describes a finite number.
 *
 * @param fallback The value when the flag is absent.
 * @param help One line for `--help`, with the unit.
 * @param options The bounds, none unless given, and the value of `--smoke`.
 * @returns The field.
 */
export function real(
  fallback: number,
  help: string,
  options: Bounds & FieldOptions<number> = {},
): Field<number> {
  const { min = -Infinity, max = Infinity, ...rest } = options;
  const parse = (text: string) => {
    const value = toNumber(text);
    if (Number.isFinite(value) && value >= min && value <= max) return value;
    const rules = [
      ...(min > -Infinity ? [`of at least ${min}`] : []),
      ...(max < Infinity ? [`of at most ${max}`] : []),
    ];
    const rule = ["a number", rules.join(" and ")].join(" ").trim();
    throw new RangeError(`Expected ${rule} but found "${text}"`);
  };
  return { fallback, help, form: "NUMBER", parse, ...rest };
}

/**
 * Describes a finite number, or a name for having none.
 *
 * @typeParam T The name.
 * @param fallback The value when the flag is absent.
 * @param none The name, such as `none`.
 * @param help One line for `--help`, with the unit.
 * @param options The bounds, none unless given, and the value of `--smoke`.
 * @returns The field.
 */
export function realOr<const T extends string>(
  fallback: number | T,
  none: T,
  help: string,
  options: Bounds & FieldOptions<number | T> = {},
): Field<number | T> {
  const { smoke, ...bounds } = options;
  const { parse } = real(0, help, bounds);
  return {
    fallback,
    help,
    form: `NUMBER|${none}`,
    parse: (text) => text === none ? none : parse(text),
    ...smoke === undefined ? {} : { smoke },
  };
}

/**
 * Describes a choice from a closed set, the first of which is the default.
 *
 * @typeParam T The union of the names.
 * @param names The names to choose from.
 * @param help One line for `--help`.
 * @param options The value of `--smoke`.
 * @returns The field.
 */
export function oneOf<const T extends string>(
  names: readonly [T, ...T[]],
  help: string,
  options: FieldOptions<T> = {},
): Field<T> {
  const parse = (text: string) => {
    const found = names.find((name) => name === text);
    if (found !== undefined) return found;
    const meant = nearest(text, names);
    const hint = meant === undefined ? "" : `; did you mean "${meant}"?`;
    throw new RangeError(
      `Expected one of ${names.join(", ")} but found "${text}"${hint}`,
    );
  };
  return {
    fallback: names[0],
    help,
    form: names.join("|"),
    parse,
    ...options,
  };
}

/**
 * Describes a text, which may be a path.
 *
 * @param fallback The value when the flag is absent.
 * @param help One line for `--help`.
 * @param options What stands for the text in `--help`, and the value of `--smoke`.
 * @returns The field.
 */
export function text(
  fallback: string,
  help: string,
  options: FieldOptions<string> & { readonly form?: string } = {},
): Field<string> {
  const parse = (text: string) => {
    if (text !== "") return text;
    throw new RangeError(`Expected a text but found ""`);
  };
  return { fallback, help, form: "TEXT", parse, ...options };
}

/**
 * Describes a flag that is on, `--name`, or off, `--no-name`.
 *
 * @param help One line for `--help`.
 * @param options The value when absent, off unless given, and that of `--smoke`.
 * @returns The field.
 */
export function toggle(
  help: string,
  options: FieldOptions<boolean> & { readonly fallback?: boolean } = {},
): Field<boolean> {
  const parse = (text: string) => {
    if (text === "true" || text === "false") return text === "true";
    throw new RangeError(
      `Expected no value, true or false but found "${text}"`,
    );
  };
  return { fallback: false, help, form: "", parse, ...options };
}

/** The values a list accepts. */
export interface ListOptions<T> extends FieldOptions<readonly T[]> {
  /** The least number of values; 0 unless given. */
  readonly least?: number;
  /** Whether a value may be there twice, as a width may, or a case may not; allowed unless given. */
  readonly repeats?: "allowed" | "refused";
}

/**
 * Describes values between commas, such as `1,50,500`, or none.
 *
 * @typeParam T What each value is.
 * @param fallback The values when the flag is absent.
 * @param item The kind of each value.
 * @param options The least number of values, whether they may repeat, and the values of `--smoke`.
 * @returns The field, with the help line of `item`.
 */
export function list<T>(
  fallback: readonly T[],
  item: Field<T>,
  options: ListOptions<T> = {},
): Field<readonly T[]> {
  const { least = 0, repeats = "allowed", ...rest } = options;
  const parse = (text: string) => {
    const parts = text === "" ? [] : text.split(",");
    if (parts.length < least) {
      throw new RangeError(
        `Expected at least ${least} value${
          least === 1 ? "" : "s"
        } between commas but found "${text}"`,
      );
    }
    const values = parts.map((one) => item.parse(one.trim()));
    if (repeats === "allowed" || new Set(values).size === values.length) {
      return values;
    }
    throw new RangeError(
      `Expected different values between commas but found "${text}"`,
    );
  };
  return {
    fallback,
    help: item.help,
    form: `${item.form},...`,
    parse,
    ...rest,
  };
}

/** `Number` takes blank text for 0. */
function toNumber(text: string): number {
  return text.trim() === "" ? NaN : Number(text);
}
