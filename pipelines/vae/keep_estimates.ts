/**
 * Estimates of images in checkpoints: minutes, or hours, that a killed run need not spend again.
 * @module
 */
import type { RunContext } from "../core/context.ts";

/** Arrays of numbers by name, each with a number for every image. */
export type Estimates<Name extends string> = Readonly<
  Record<Name, Float64Array>
>;

/** Keeps the estimates of the images that are done. */
export interface EstimateKeeper {
  /** How many images are done, from the first on. */
  readonly done: () => number;
  /** Tells that so many are done; keeps them where it is time to. */
  readonly advance: (done: number) => Promise<void>;
  /** Keeps those that are done. */
  readonly keep: () => Promise<void>;
}

/**
 * Takes up the estimates of an earlier process, and keeps those to come under the path of the stage and `estimates`.
 *
 * @param estimates Are filled in with what was kept, [image]; the caller fills in the others.
 * @param context Of the stage that estimates.
 * @returns The keeper.
 */
export async function keepEstimates<Name extends string>(
  estimates: Estimates<Name>,
  { checkpoints, path }: Pick<RunContext, "checkpoints" | "path">,
): Promise<EstimateKeeper> {
  const place = [...path, "estimates"];
  const arrays = Object.entries<Float64Array>(estimates);
  const found = await checkpoints.restore(place);
  for (const [name, array] of arrays) {
    const kept = found?.tensors[name]?.data;
    if (kept !== undefined) array.set(new Float64Array(kept.slice().buffer));
  }
  let done = found?.step ?? 0;
  let saved = performance.now();
  const keep = async () => {
    const tensors = Object.fromEntries(arrays.map(([name, array]) => {
      const halves = new Int32Array(array.slice().buffer); // a checkpoint has no doubles
      return [name, { shape: [halves.length], data: halves }];
    }));
    await checkpoints.save(place, { step: done, tensors, state: null });
    saved = performance.now();
  };
  return {
    done: () => done,
    keep,
    async advance(next) {
      done = next;
      const minutes = (performance.now() - saved) / 60_000;
      if (minutes > checkpoints.everyMinutes) await keep();
    },
  };
}
