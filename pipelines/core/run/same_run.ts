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

/** What fixes the bytes of a run's numbers, as a checkpoint remembers it. */
export interface Making {
  /** Task, seed, device, threads and config, by name. */
  readonly settings: Readonly<Record<string, Json>>;
  /** Checksums of the data by their names among the facts. */
  readonly data: Readonly<Record<string, string>>;
  /** Versions of what computes. */
  readonly versions: Readonly<Record<string, string>>;
}

/**
 * Gathers what fixes the bytes of a run's numbers.
 *
 * @param record The run's record.
 * @returns Settings, checksums of the data, and the versions of what computes them.
 */
export function makingOf(
  { task, seed, device, threads, config, facts }: RunRecord,
  versions: Making["versions"],
): Making {
  const data = [...checksums(facts)].map(([name, sum]) => [name, String(sum)]);
  return {
    settings: { task, seed, device, threads, ...config },
    data: Object.fromEntries(data),
    versions,
  };
}

/**
 * Refuses a checkpoint of another run: of other settings or other data.
 *
 * @param before What the checkpoint remembers.
 * @param now What the run is made with.
 * @param warn Is told of other versions, with which the bytes may differ.
 * @throws {RangeError} If a setting or a checksum differs, naming each.
 */
export function expectSameMaking(
  before: Making,
  now: Making,
  warn: (text: string) => void,
): void {
  const pairsOf = (first: object, second: object) =>
    Object.entries(second).map(([name, value]) =>
      [name, (first as Readonly<Record<string, unknown>>)[name], value] as const // settings by name
    );
  expectEqual(
    "the checkpoint's settings",
    pairsOf(before.settings, now.settings),
  );
  const data = pairsOf(before.data, now.data)
    .filter(([name]) => name in before.data); // what was not loaded by then
  expectEqual("the checkpoint's data", data);
  for (const [name, was, is] of pairsOf(before.versions, now.versions)) {
    if (was === is) continue;
    warn(`The checkpoint was saved with ${name} ${was ?? "none"}, not ${is}`);
  }
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
