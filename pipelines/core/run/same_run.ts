/**
 * Whether a resumed run would still be the same run.
 * @module
 */
import type { Json } from "../context.ts";
import type { RunRecord } from "./run_record.ts";

/** What must stay the same; settings that are undefined stay as they were. */
export interface Wanted {
  /** The task's name. */
  readonly task: string;
  /** Settings by name. */
  readonly config: Readonly<Record<string, Json | undefined>>;
  /** The seed. */
  readonly seed?: number | undefined;
  /** Where compiled functions run. */
  readonly device?: string | undefined;
  /** CPU threads. */
  readonly threads?: number | undefined;
}

/**
 * Refuses to go on with other settings than those a run began with.
 *
 * @param record What the run began with.
 * @param wanted What was asked for.
 * @throws {RangeError} If they differ, naming each difference.
 */
export function expectSameRun(record: RunRecord, wanted: Wanted): void {
  const { config, ...others } = wanted;
  const pairs = [
    ...Object.entries(others).map(([name, value]) =>
      [name, record[name as keyof RunRecord], value] as const // the names of `Wanted`
    ),
    ...Object.entries(config).map(([name, value]) =>
      [name, record.config[name], value] as const
    ),
  ];
  const given = pairs.filter(([, , value]) => value !== undefined);
  expectEqual("the run's settings", given);
}

/**
 * Refuses other data than a run began with: every fact called `sha256` must stay.
 *
 * @param before Facts of the earlier process.
 * @param now Facts of this one; those that are missing are not compared.
 * @throws {RangeError} If a checksum differs, naming it.
 */
export function expectSameData(
  before: RunRecord["facts"],
  now: RunRecord["facts"],
): void {
  const found = checksums(now);
  const pairs = [...checksums(before)].filter(([name]) => found.has(name))
    .map(([name, value]) => [name, value, found.get(name)!] as const); // filtered
  expectEqual("the run's data", pairs);
}

function expectEqual(
  what: string,
  pairs: readonly (readonly [string, unknown, unknown])[],
): void {
  const text = (value: unknown) => JSON.stringify(value) ?? "nothing";
  const differences = pairs
    .filter(([, before, now]) => text(before) !== text(now))
    .map(([name, before, now]) =>
      `${name} was ${text(before)} but is now ${text(now)}`
    );
  if (differences.length === 0) return;
  throw new RangeError(`Expected ${what} to stay: ${differences.join("; ")}`);
}

function checksums(value: Json, path = ""): ReadonlyMap<string, Json> {
  if (typeof value !== "object" || value === null) return new Map();
  return new Map(
    Object.entries(value as Readonly<Record<string, Json>>) // a list has entries too
      .flatMap(([name, inner]) => {
        const at = path === "" ? name : `${path}.${name}`;
        return name === "sha256" ? [[at, inner]] : [...checksums(inner, at)];
      }),
  );
}
