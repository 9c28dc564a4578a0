/**
 * Images for a prompt.
 * @module
 */
import { guide, neededBy } from "../../../models/diffusion/guidance.ts";
import type { ConfiguredSampling } from "../../../models/samplers/configured_sampling.ts";
import {
  runSampler,
  type Visit,
} from "../../../models/samplers/run_sampler.ts";
import type { Numbers, StableNetworks } from "./load_stable.ts";

/** What to draw. */
export interface PromptRequest {
  /** The method with its grid. */
  readonly sampling: ConfiguredSampling;
  /** Vectors of the negative prompt, then of the prompt, [2, token, width]. */
  readonly text: Numbers;
  /** How strongly the prompt guides. */
  readonly guidance: number;
  /** Standard normal numbers, [channel, side, side]. */
  readonly start: ArrayLike<number>;
  /** Standard normal numbers of a visit, for random samplers. */
  readonly noise: (visit: number) => Float64Array;
  /** Is told each visit before the network is called; may throw to stop. */
  readonly watch?: (visit: Visit) => void;
}

/**
 * Draws the latents of one image.
 *
 * @param networks The model.
 * @param request What to draw.
 * @returns Latents at the end, [channel, side, side].
 */
export async function drawLatents(
  { predict }: Pick<StableNetworks, "predict">,
  { sampling, text, guidance, start, noise, watch }: PromptRequest,
): Promise<Float64Array> {
  const { sampler, grid, startScale, ...options } = sampling;
  const run = runSampler(
    sampler,
    grid,
    Float64Array.from(start, (z) => z * startScale),
    { ...options, noise },
  );
  let state = run.next([]);
  while (!state.done) {
    watch?.(state.value);
    const { x, node } = state.value;
    const pair = await predict(x, node.timestep, text);
    const [negative, prompt] = [
      pair.subarray(0, x.length),
      pair.subarray(x.length),
    ];
    const needed = neededBy(guidance);
    const output = needed === "prompt"
      ? prompt
      : needed === "negative"
      ? negative
      : guide(prompt, negative, guidance);
    state = run.next(output);
  }
  return state.value;
}
