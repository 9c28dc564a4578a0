/**
 * Images from latents of a flow, and latents from images.
 * @module
 */
import { compile } from "../../compile/compile.ts";
import type { RealNvp } from "../../models/real_nvp.ts";
import type { RunContext } from "../core/context.ts";
import { inFlight } from "../core/in_flight.ts";
import type { ImageSplit } from "../images/images.ts";

/** Runs a flow over images in both directions, with its newest weights. */
export interface FlowSampler extends Disposable {
  /** Grey values from 0 to 1 from latents, each [count, pixel]. */
  readonly imagesOf: (latents: Float32Array) => Promise<Float32Array>;
  /** Latents [count, pixel] of images, in the middle of their grey levels. */
  readonly latentsOf: (images: ImageSplit) => Promise<Float32Array>;
}

/** Images of one call. */
const BLOCK = 36;

/**
 * Compiles both directions of a flow.
 *
 * @param flow The model.
 * @param pixels Of an image.
 * @param context Of the stage that draws.
 * @returns The sampler; dispose it after use.
 */
export async function flowSampler(
  flow: Pick<RealNvp, "sample" | "density">,
  pixels: number,
  { device, threads }: Pick<RunContext, "device" | "threads">,
): Promise<FlowSampler> {
  const options = {
    inputs: { x: { shape: [BLOCK, pixels] } },
    parallel: "calls",
  } as const;
  using stack = new DisposableStack();
  const back = stack.use(
    await compile(
      ({ x }) => ({ y: flow.sample(x).div(255) }),
      { ...options, device, threads },
    ),
  );
  const forth = stack.use(
    await compile(
      ({ x }) => ({ y: flow.density.forward(x.add(0.5).div(256)).value }),
      { ...options, device, threads },
    ),
  );
  const owned = stack.move();
  const inBlocks = async (
    step: typeof back,
    numbers: ArrayLike<number>,
  ): Promise<Float32Array> => {
    const found = new Float32Array(numbers.length);
    const size = BLOCK * pixels;
    const blocks = Math.ceil(numbers.length / size);
    const mapped = inFlight(
      Array.from({ length: blocks }, (_, i) => i * size),
      threads,
      async (from) => {
        const x = new Float32Array(size).fill(0.5);
        const length = Math.min(size, numbers.length - from);
        for (let i = 0; i < length; i++) x[i] = numbers[from + i]!; // within
        const { y } = await step.run({ x });
        return { from, data: y.data.subarray(0, length) };
      },
    );
    for await (const { from, data } of mapped) found.set(data, from);
    return found;
  };
  return {
    imagesOf: (latents) => inBlocks(back, latents),
    latentsOf: ({ pixels }) => inBlocks(forth, pixels),
    [Symbol.dispose]: () => owned[Symbol.dispose](),
  };
}
