/** What the flags are called and how they are read; each name in at most one of string, boolean. */
export interface ParseOptions<
  B extends string,
  S extends string,
  C extends string,
  D extends object,
> {
  /** Keeps what follows `--` apart, under the key `--`. */
  readonly "--"?: boolean;
  /** Other names of a flag; each of them gets the value too. */
  readonly alias?: Readonly<Record<string, string | readonly string[]>>;
  /** Flags without a value; `true` takes every `--name` without `=` as one. */
  readonly boolean?: boolean | B | readonly B[];
  /** Flags that keep each of their values, in an array. */
  readonly collect?: C | readonly C[];
  /** The value of each flag that is not given. */
  readonly default?: D;
  /** Flags that `--no-name` sets to `false`. */
  readonly negatable?: string | readonly string[];
  /** Leaves everything after the first positional argument as it is. */
  readonly stopEarly?: boolean;
  /** Flags whose value stays text. */
  readonly string?: S | readonly S[];
  /** Called for each positional argument and each undeclared flag; `false` drops it. */
  readonly unknown?: (arg: string, key?: string, value?: unknown) => unknown;
}

/** The flags found, and the positional arguments under `_`. */
export type Args<
  B extends string,
  S extends string,
  C extends string,
  D extends object,
> =
  & { [K in B]: K extends C ? boolean[] : boolean }
  & { [K in S]: K extends C ? string[] : string | Otherwise<K, D> }
  & { [K in Exclude<C, B | S>]: unknown[] }
  & { [K in Exclude<keyof D, B | S | C>]: unknown }
  & ([B | S | C] extends [never] ? { [key: string]: unknown } : unknown)
  & { _: (string | number)[]; "--"?: string[] };

/** The type of a text flag that is not given. */
type Otherwise<K extends string, D extends object> = K extends keyof D ? string
  : undefined;
