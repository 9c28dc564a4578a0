/**
 * Images from a generator.
 * @module
 */
import { compile } from "../../compile/compile.ts";
import type { Network } from "../../models/adversarial/network.ts";
import type { RunContext } from "../core/context.ts";
import { inFlight } from "../core/in_flight.ts";
import type { Key } from "../core/random/key.ts";
import { normal } from "../core/random/normal.ts";

/** Images in a call of the generator. */
const BLOCK = 100;

/** A generator in evaluation, ready to run with its newest weights. */
export interface Sampler extends Disposable {
  /** Draws images of bytes, 0 (paper) to 255 (ink), [count, pixel]; equal keys give equal noise. */
  readonly sample: (
    key: Key,
    count: number,
  ) => Promise<Uint8Array<ArrayBuffer>>;
}

/**
 * Compiles a generator whose images lie in [-1, 1].
 *
 * @param generator From noise [batch, latent] to images.
 * @param latent Length of a noise vector.
 * @param context Where to run it.
 * @returns The sampler; it sees what training changes.
 */
export async function samplerOf(
  generator: Network,
  latent: number,
  { device, threads }: Pick<RunContext, "device" | "threads">,
): Promise<Sampler> {
  const step = await compile(
    ({ noise }) => ({ images: generator.evaluate(noise) }),
    {
      inputs: { noise: { shape: [BLOCK, latent] } },
      device,
      threads,
      parallel: "calls",
    },
  );
  return {
    sample: async (key, count) => {
      const blocks = Math.ceil(count / BLOCK);
      const size = BLOCK * latent;
      const noise = normal(key, blocks * size);
      const parts = await Array.fromAsync(inFlight(
        Array.from({ length: blocks }, (_, i) => i * size),
        threads,
        async (at) => {
          const block = noise.subarray(at, at + size);
          return (await step.run({ noise: block })).images.data;
        },
      ));
      const length = parts[0] ? parts[0].length / BLOCK : 0;
      const bytes = new Uint8Array(parts.length * BLOCK * length);
      parts.forEach((part, i) =>
        bytes.set(part.map((x) => Math.round(127.5 * (x + 1))), i * part.length)
      );
      return bytes.slice(0, count * length);
    },
    [Symbol.dispose]: () => step[Symbol.dispose](),
  };
}
