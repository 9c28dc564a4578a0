/**
 * The compiled network of a diffusion model.
 * @module
 */
import { compile } from "../../compile/compile.ts";
import { timeFeatures } from "../../models/unet/time_features.ts";
import type { RunContext } from "../core/context.ts";
import type { DenoisingModel, NetworkInputs } from "./denoising_model.ts";

/** The network with its averaged weights, ready to run. */
export interface Denoiser extends Disposable {
  /** Images in a call. */
  readonly batch: number;
  /**
   * Predicts, for each of at most `batch` images, what the model predicts.
   *
   * Takes images [count * pixel], their timesteps [count], which may be fractional, and what is told of each, such as
   * its class, [count * conditionWidth].
   */
  readonly predict: (
    images: ArrayLike<number>,
    timesteps: ArrayLike<number>,
    conditions: ArrayLike<number>,
  ) => Promise<Float32Array>;
}

/**
 * Compiles the network of a model for batches of one size.
 *
 * @param model The model, whose averaged weights are used.
 * @param batch The most images in a call.
 * @param context Where to run it.
 * @returns The network; dispose it when it is no longer used.
 */
export async function compileDenoiser(
  model: DenoisingModel,
  batch: number,
  { device, threads }: Pick<RunContext, "device" | "threads">,
): Promise<Denoiser> {
  const { length: pixels, timeWidth, conditionWidth } = model;
  const network = await compile(
    (inputs: NetworkInputs) => ({
      output: model.predict(inputs, "averaged"),
    }),
    {
      inputs: {
        images: { shape: [batch, pixels] },
        time: { shape: [batch, timeWidth] },
        conditions: { shape: [batch, conditionWidth], dtype: "int32" },
      },
      device,
      threads,
    },
  );
  return {
    batch,
    predict: async (images, timesteps, conditions) => {
      const count = timesteps.length;
      if (count > batch || images.length !== count * pixels) {
        throw new RangeError(
          `Expected at most ${batch} images of ${pixels} pixels but found ${count} timesteps and ${images.length} pixels`,
        );
      }
      const filled = new Float32Array(batch * pixels);
      filled.set(images);
      const time = new Float32Array(batch * timeWidth);
      time.set(timeFeatures(timesteps, timeWidth));
      const told = new Int32Array(batch * conditionWidth);
      told.set(conditions);
      const { output } = await network.run({
        images: filled,
        time,
        conditions: told,
      });
      return output.data.slice(0, count * pixels);
    },
    [Symbol.dispose]: () => network[Symbol.dispose](),
  };
}
