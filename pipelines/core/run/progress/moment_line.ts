/**
 * A moment of a stage in words.
 * @module
 */
import type { Moment } from "../../context.ts";
import type { Pace } from "./pace.ts";

/**
 * Writes a moment as one line, such as `train 312/1200  epoch 5.2/20  0:42 left  5210 images/s  elbo -131.24`.
 *
 * What a narrow terminal may lose stands last.
 *
 * @param path Names from the outermost pipeline to the stage.
 * @param moment What the stage reports.
 * @param pace How fast it works, where known.
 * @param barWidth Characters of a bar that fills, after the steps; 0 for none.
 * @returns The line, without an end.
 */
export function momentLine(
  path: readonly string[],
  { step, steps, unit, epochs, values }: Moment,
  pace: Pace | undefined,
  barWidth = 0,
): string {
  const isDone = step >= steps;
  return [
    `${shortPath(path)} ${step}/${steps}`,
    ...(barWidth > 0 ? [bar(step / steps, barWidth)] : []),
    ...(epochs && epochs[1] >= 1
      ? [`epoch ${epochs.map(oneDigit).join("/")}`]
      : []),
    ...(pace && !isDone ? [`${clock(pace.secondsLeft)} left`] : []),
    ...(pace ? [`${Math.round(pace.itemsPerSecond)} ${unit}/s`] : []),
    ...Object.entries(values).map(([name, value]) => `${name} ${brief(value)}`),
  ].join("  ");
}

function bar(part: number, width: number): string {
  const full = Math.round(Math.min(1, Math.max(0, part)) * width);
  return "█".repeat(full) + "░".repeat(width - full);
}

function oneDigit(value: number): string {
  return String(Number(value.toFixed(1)));
}

/** The path without the outermost pipeline, which never changes. */
export function shortPath(path: readonly string[]): string {
  return (path.length > 1 ? path.slice(1) : path).join(" > ");
}

/** Writes a duration as `0:42`, `12:05` or `3:07:00`. */
export function clock(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds));
  const two = (value: number) => String(Math.floor(value)).padStart(2, "0");
  const minutes = Math.floor(whole / 60);
  if (minutes < 60) return `${minutes}:${two(whole % 60)}`;
  return `${Math.floor(minutes / 60)}:${two(minutes % 60)}:${two(whole % 60)}`;
}

/** Five digits: enough to see a number move, few enough to read. */
function brief(value: number): string {
  return Number.isInteger(value) ? String(value) : value.toPrecision(5);
}
