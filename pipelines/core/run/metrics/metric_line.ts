/**
 * One line of `metrics.jsonl`.
 * @module
 */
import type { MetricRecord } from "../../context.ts";

/**
 * Writes a record as a line of JSON, with its end.
 *
 * @param record The measurements at one step.
 * @returns The line; equal records give equal lines.
 * @throws {RangeError} If a value is not finite, naming it and the step.
 * @throws {TypeError} If a measurement is called `step` or `epoch`.
 */
export function metricLine({ step, epoch, values }: MetricRecord): string {
  for (const [name, value] of Object.entries({ step, epoch, ...values })) {
    if (Number.isFinite(value)) continue;
    throw new RangeError(
      `Expected a finite ${name} but found ${value} at step ${step}`,
    );
  }
  const taken = ["step", "epoch"].find((name) => name in values);
  if (taken !== undefined) {
    throw new TypeError(
      `Expected a measurement not to be called "${taken}" at step ${step}`,
    );
  }
  return `${JSON.stringify({ step, epoch, ...values })}\n`;
}
