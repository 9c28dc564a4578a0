/**
 * How long each family trains, so that all train for the same time.
 * @module
 */
import type { Json } from "../core/context.ts";

/** The setting to which the time of a task's training is proportional. */
export interface LengthSetting {
  /** The setting's name, such as `epochs`. */
  readonly name: string;
  /** Whether it is a whole number. */
  readonly isWhole: boolean;
}

/**
 * The value with which a training takes as long as wanted.
 *
 * @param setting What is changed.
 * @param value With which the training would take `seconds`.
 * @param seconds What the training would take.
 * @param wanted What it should take, in seconds.
 * @returns The value, at least 1 where it is whole and 0.01 elsewhere, to two decimals.
 */
export function scaledLength(
  { isWhole }: LengthSetting,
  value: number,
  seconds: number,
  wanted: number,
): number {
  const scaled = value * wanted / seconds;
  return isWhole
    ? Math.max(1, Math.round(scaled))
    : Math.max(0.01, Math.round(100 * scaled) / 100);
}

/**
 * Reads lengths that were given or measured before.
 *
 * @param lengths Texts such as `vae=40`.
 * @param names Of the families.
 * @returns Values by the name of the family.
 * @throws {RangeError} If a text has another form, or names no family.
 */
export function parseLengths(
  lengths: readonly string[],
  names: readonly string[],
): ReadonlyMap<string, number> {
  return new Map(lengths.map((text) => {
    const [, name = "", digits = ""] = /^([^=]+)=(.+)$/.exec(text) ?? [];
    const value = Number(digits);
    if (digits.trim() === "" || !(value > 0) || !Number.isFinite(value)) {
      throw new RangeError(
        `Expected a length as NAME=VALUE, such as ${
          names[0] ?? "vae"
        }=40, but found "${text}"`,
      );
    }
    if (names.includes(name)) return [name, value];
    throw new RangeError(
      `Expected one of ${names.join(", ")} before "=" but found "${text}"`,
    );
  }));
}

/** Seconds of a run's training stages, from the fact `stageSeconds` of its record; undefined where it has none. */
export function trainingSeconds(fact: Json | undefined): number | undefined {
  if (typeof fact !== "object" || fact === null) return undefined;
  const own = Object.entries(fact)
    .filter(([path]) => path.split(" > ").includes("train"))
    .map(([, seconds]) => Number(seconds));
  return own.length === 0 ? undefined : own.reduce((a, b) => a + b);
}
