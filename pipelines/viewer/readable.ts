/**
 * Numbers, sizes and times as a person reads them.
 * @module
 */
import type { Json } from "../core/context.ts";
export { size } from "../core/size.ts";

/**
 * Writes a number with at most six digits.
 *
 * @param value The number.
 * @returns Such as `-130.749`.
 */
export function number(value: number): string {
  return String(Number(value.toPrecision(6)));
}

/**
 * Writes how long ago something was.
 *
 * @param seconds How long ago.
 * @returns Such as `40 s`, `12 min`, `5 h` or `3 d`.
 */
export function age(seconds: number): string {
  const whole = Math.max(0, seconds);
  if (whole < 100) return `${Math.round(whole)} s`;
  if (whole < 6000) return `${Math.round(whole / 60)} min`;
  if (whole < 48 * 3600) return `${Math.round(whole / 3600)} h`;
  return `${Math.round(whole / 86400)} d`;
}

/**
 * Writes the value of a setting.
 *
 * @param value The value; undefined where a run has no such setting.
 * @returns Texts as they are, lists with commas, and `–` for nothing.
 */
export function setting(value: Json | undefined): string {
  if (value === undefined) return "–";
  if (typeof value === "string") return value;
  const isPlainList = Array.isArray(value) &&
    value.every((item) => typeof item !== "object");
  return isPlainList ? value.join(", ") : JSON.stringify(value);
}

/**
 * Writes a moment in UTC.
 *
 * @param iso In ISO 8601.
 * @returns Such as `2026-11-30 05:57 UTC`.
 */
export function moment(iso: string): string {
  return `${iso.slice(0, 16).replace("T", " ")} UTC`;
}
