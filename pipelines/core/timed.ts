/**
 * How long a measurement took.
 * @module
 */
import type { RunContext } from "./context.ts";

/** Says how long something took: on the terminal only, for seconds are no part of a run's numbers. */
export async function timed<T>(
  what: string,
  work: () => Promise<T>,
  { progress }: Pick<RunContext, "progress">,
): Promise<T> {
  const start = performance.now();
  const result = await work();
  const seconds = (performance.now() - start) / 1000;
  progress.note(`${what}: ${seconds.toFixed(1)} s`);
  return result;
}
