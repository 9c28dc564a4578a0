/**
 * The compiled network of a diffusion model.
 * @module
 */
import { compile } from "../../compile/compile.ts";
import { timeFeatures } from "../../models/unet/time_features.ts";
import type { RunContext } from "../core/context.ts";
import { together } from "../core/in_flight.ts";
import type { DenoisingModel, NetworkInputs } from "./denoising_model.ts";

/** The network with its averaged weights, ready to run. */
export interface Denoiser extends Disposable {
  /** The most images in a call. */
  readonly batch: number;
  /** Images that are computed together: others cost less in calls of their own, of which some are under way at once. */
  readonly together: number;
  /** How many calls are computed side by side; 1 where threads share each. */
  readonly sideBySide: number;
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
 * On the CPU a call is done in pieces of at most so many images, whose numbers stay nearer to the processor, and of at
 * least so many, that threads compute side by side.
 */
const PIECE = { most: 32, least: 4 } as const;

/**
 * Compiles the network of a model for batches of one size.
 *
 * @param model The model, whose averaged weights are used.
 * @param batch The most images in a call.
 * @param context Where to run it.
 * @param variables Whether the weights are trained meanwhile: steady ones are laid out once.
 * @returns The network; dispose it when it is no longer used.
 */
export async function compileDenoiser(
  model: DenoisingModel,
  batch: number,
  { device, threads }: Pick<RunContext, "device" | "threads">,
  variables: "changing" | "steady" = "steady",
): Promise<Denoiser> {
  const { length: pixels, timeWidth, conditionWidth } = model;
  const piece = device === "cpu" ? pieceOf(batch, threads) : batch;
  const isCut = piece < batch;
  const network = await compile(
    (inputs: NetworkInputs) => ({
      output: model.predict(inputs, "averaged"),
    }),
    {
      inputs: {
        images: { shape: [piece, pixels] },
        time: { shape: [piece, timeWidth] },
        conditions: { shape: [piece, conditionWidth], dtype: "int32" },
      },
      device,
      threads,
      parallel: isCut ? "calls" : "operations",
      variables,
    },
  );
  return {
    batch,
    together: piece,
    sideBySide: isCut ? threads : 1,
    predict: async (images, timesteps, conditions) => {
      const count = timesteps.length;
      if (count > batch || images.length !== count * pixels) {
        throw new RangeError(
          `Expected at most ${batch} images of ${pixels} pixels but found ${count} timesteps and ${images.length} pixels`,
        );
      }
      const all = new Float32Array(count * pixels);
      const waves = timeFeatures(timesteps, timeWidth);
      const predictPiece = async (from: number) => {
        const part = <A extends Float32Array | Int32Array>(
          numbers: ArrayLike<number>,
          width: number,
          array: A,
        ) => fill(array, numbers, from * width);
        const { output } = await network.run({
          images: part(images, pixels, new Float32Array(piece * pixels)),
          time: part(waves, timeWidth, new Float32Array(piece * timeWidth)),
          conditions: part(
            conditions,
            conditionWidth,
            new Int32Array(piece * conditionWidth),
          ),
        });
        const found = Math.min(count - from, piece) * pixels;
        all.set(output.data.subarray(0, found), from * pixels);
      };
      const pieces = Math.ceil(count / piece);
      await together(
        Array.from({ length: pieces }, (_, i) => predictPiece(i * piece)),
      );
      return all;
    },
    [Symbol.dispose]: () => network[Symbol.dispose](),
  };
}

/** Images of a piece: all threads have one, where there are enough images. */
function pieceOf(batch: number, threads: number): number {
  const pieces = Math.max(threads, Math.ceil(batch / PIECE.most));
  return Math.max(Math.min(batch, PIECE.least), Math.ceil(batch / pieces));
}

/** Fills an array with numbers from `first` on, and with zeros where there are no more. */
function fill<A extends Float32Array | Int32Array>(
  array: A,
  numbers: ArrayLike<number>,
  first: number,
): A {
  for (let i = 0; i < array.length; i++) array[i] = numbers[first + i] ?? 0;
  return array;
}
