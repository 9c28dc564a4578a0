/**
 * Settings of stages and tasks: one table holds the default, the rule and the help of each.
 * @module
 */
import type { Field } from "./fields.ts";

/** Exactly one field for each setting of `C`. */
export type Flags<C> = { readonly [Name in keyof C]: Field<C[Name]> };

/** A table whose settings are known at run time only. */
export type AnyFlags = Readonly<Record<string, Field<unknown>>>;

/** Which values absent settings take. */
export type Size = "full" | "smoke";

/**
 * Lists the settings of a table.
 *
 * @typeParam C The settings.
 * @param table One field for each setting.
 * @returns Their names, in the order of the table.
 */
export function namesOf<C extends object>(
  table: Flags<C>,
): readonly (keyof C & string)[] {
  return Object.keys(table) as (keyof C & string)[]; // one field for each setting
}

/**
 * Gives settings other defaults; the values of `--smoke` stay where they are.
 *
 * @typeParam C The settings.
 * @param table One field for each setting.
 * @param defaults The new default of some settings.
 * @returns The table with these defaults.
 */
export function withDefaults<C extends object>(
  table: Flags<C>,
  defaults: Partial<NoInfer<C>>,
): Flags<C> {
  const changed = Object.entries<Field<unknown>>(table)
    .map(([name, field]) =>
      name in defaults
        ? [name, { ...field, fallback: defaults[name as keyof C] }]
        : [name, field]
    );
  return Object.fromEntries(changed) as Flags<C>; // same names, same types
}

/**
 * Takes some settings out of a table, for a stage that reads no others.
 *
 * @typeParam C The settings.
 * @typeParam Name The settings to keep.
 * @param table One field for each setting.
 * @param names The settings to keep.
 * @returns The smaller table, with the same fields.
 */
export function only<C extends object, Name extends keyof C & string>(
  table: Flags<C>,
  ...names: readonly Name[]
): Flags<Pick<C, Name>> {
  const kept = names.map((name) => [name, table[name]] as const);
  return Object.fromEntries(kept) as Flags<Pick<C, Name>>; // `fromEntries` forgets the names
}

/**
 * Fills in the settings that were not given.
 *
 * @typeParam C The settings.
 * @param table One field for each setting.
 * @param given The settings that were given.
 * @param size Whether absent ones take their values of `--smoke`.
 * @returns The settings, frozen.
 */
export function complete<C extends object>(
  table: Flags<C>,
  given: Partial<C>,
  size: Size,
): Readonly<C> {
  const entries = Object.entries<Field<unknown>>(table).map(([name, field]) => {
    const isSmoke = size === "smoke" && field.smoke !== undefined;
    return [name, isSmoke ? field.smoke : field.fallback];
  });
  return Object.freeze({ ...Object.fromEntries(entries), ...given });
}

/**
 * Fills in the settings that were not given, and checks the others by their fields' rules.
 *
 * @typeParam In The entries.
 * @param table A field for each setting.
 * @param input The entries, settings among them.
 * @returns The entries with every setting.
 * @throws {RangeError} If a setting breaks its rule.
 */
export function settle<In extends object>(table: AnyFlags, input: In): In {
  const held = { ...input } as Record<string, unknown>; // entries have names
  for (const [name, field] of Object.entries(table)) {
    if (held[name] === undefined) held[name] = field.fallback;
    else if (held[name] !== field.fallback) {
      expectValid(name, field, held[name]);
    }
  }
  return held as In; // with more of its own settings
}

function expectValid(
  name: string,
  field: Field<unknown>,
  value: unknown,
): void {
  let parsed: unknown;
  try {
    parsed = field.parse(String(value)); // a list is written with commas
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new RangeError(`Cannot use ${name}: ${error.message}`);
  }
  if (JSON.stringify(parsed) === JSON.stringify(value)) return;
  throw new RangeError(
    `Cannot use ${name}: Expected ${JSON.stringify(parsed)} but found ${
      JSON.stringify(value)
    }`,
  );
}

/**
 * Joins the tables of stages that run one after another.
 *
 * @param tables Their settings.
 * @returns One table.
 * @throws {TypeError} If two stages give a setting another field: one would run with a default that the other does not know.
 */
export function joinTables(tables: readonly AnyFlags[]): AnyFlags {
  const joined: Record<string, Field<unknown>> = {};
  for (const [name, field] of tables.flatMap((t) => Object.entries(t))) {
    if ((joined[name] ?? field) !== field) {
      throw new TypeError(
        `Expected one field for the setting "${name}" but found two`,
      );
    }
    joined[name] = field;
  }
  return joined;
}
