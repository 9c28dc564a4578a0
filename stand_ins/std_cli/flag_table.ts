import type { ParseOptions } from "./parse_options.ts";

/** The declared flags, with their aliases, and the values found so far. */
export class FlagTable {
  /** Whether every long flag without `=` is a boolean. */
  readonly allBooleans: boolean;
  readonly #aliases = new Map<string, readonly string[]>();
  readonly #booleans: ReadonlySet<string>;
  readonly #strings: ReadonlySet<string>;
  readonly #collected: ReadonlySet<string>;
  readonly #negatable: ReadonlySet<string>;
  readonly #defaults: Readonly<Record<string, unknown>>;
  readonly #unknown: ParseOptions<never, never, never, object>["unknown"];
  readonly #values: Record<string, unknown> = Object.create(null);

  /** Reads the declarations. */
  constructor(options: ParseOptions<string, string, string, object>) {
    for (const [name, others] of Object.entries(options.alias ?? {})) {
      const names = [name, ...list(others)];
      for (const one of names) {
        this.#aliases.set(one, names.filter((other) => other !== one));
      }
    }
    const booleans = options.boolean;
    this.allBooleans = booleans === true;
    this.#booleans = this.#withAliases(
      typeof booleans === "boolean" ? [] : list(booleans),
    );
    this.#strings = this.#withAliases(list(options.string));
    this.#collected = this.#withAliases(list(options.collect));
    this.#negatable = this.#withAliases(list(options.negatable));
    this.#defaults = { ...options.default };
    this.#unknown = options.unknown;
  }

  isBoolean(key: string): boolean {
    return this.#booleans.has(key);
  }

  isString(key: string): boolean {
    return this.#strings.has(key);
  }

  isNegatable(key: string): boolean {
    return this.#negatable.has(key);
  }

  /** Stores a value under a flag and its aliases, unless `unknown` refuses an undeclared one. */
  set(key: string, value: unknown, arg: string): void {
    const declared = this.isBoolean(key) || this.isString(key) ||
      this.#aliases.has(key) || (this.allBooleans && /^--[^=]+$/.test(arg));
    if (!declared && this.#unknown?.(arg, key, value) === false) return;
    const read = typeof value === "string" && !this.isString(key)
      ? numberOr(value)
      : value;
    for (const name of this.#withAliases([key])) this.#store(name, read);
  }

  /** The values found, with the defaults, `false` and `[]` where nothing was. */
  withDefaults(): Record<string, unknown> {
    const absent: Record<string, unknown> = {};
    for (const key of this.#booleans) absent[key] = false;
    for (const key of this.#collected) {
      if (this.isBoolean(key) || this.isString(key)) absent[key] = [];
    }
    for (const [key, value] of Object.entries(this.#defaults)) {
      for (const name of this.#withAliases([key])) absent[name] = value;
    }
    return { ...absent, ...this.#values };
  }

  #store(name: string, value: unknown): void {
    if (!this.#collected.has(name)) {
      this.#values[name] = value;
      return;
    }
    const before = this.#values[name];
    this.#values[name] = Array.isArray(before) ? [...before, value] : [value];
  }

  #withAliases(names: readonly string[]): ReadonlySet<string> {
    return new Set(
      names.flatMap((name) => [name, ...this.#aliases.get(name) ?? []]),
    );
  }
}

function list(
  names: string | readonly string[] | undefined,
): readonly string[] {
  if (names === undefined) return [];
  return typeof names === "string" ? [names] : names;
}

/** The number that a text spells, else the text. */
export function numberOr(text: string): number | string {
  const isNumber = /^0x[0-9a-f]+$/i.test(text) ||
    /^[-+]?(\d+(\.\d*)?|\.\d+)(e[-+]?\d+)?$/.test(text);
  return isNumber ? Number(text) : text;
}
