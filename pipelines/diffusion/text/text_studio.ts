/**
 * Pictures of prompts: what drawing and measuring share.
 * @module
 */
import type { RunContext } from "../../core/context.ts";
import type { Key } from "../../core/random/key.ts";
import { type Stage, stage } from "../../core/stage.ts";
import {
  compileReader,
  type SceneReader,
} from "../../images/scenes/scene_reader.ts";
import { compileDenoiser } from "../compile_denoiser.ts";
import { sampleImages } from "../sample_images.ts";
import { samplerByName, type SamplerName } from "../samplers_by_name.ts";
import { compileAutoencoder } from "./scene_autoencoder.ts";
import { decodeScaled, tokensOf } from "./scene_latents.ts";
import { promptTokens } from "../../images/scenes/prompt_tokens.ts";
import type { SavedText } from "./text_file.ts";

/** Prompts in a call of the network. */
const BATCH = 25;

/** What to draw. */
export interface PicturesRequest {
  /** A prompt for each picture. */
  readonly prompts: readonly string[];
  /** What to lead all of them away from; empty unless given. */
  readonly negative?: string;
  /** Part of the steps, from the first, that lead away from it; 1 unless given. */
  readonly negativePart?: number;
  /** The method. */
  readonly sampler: SamplerName;
  /** Steps of the sampler. */
  readonly steps: number;
  /** How strongly prompts guide. */
  readonly guidance: number;
  /** Decides start and noise of each picture by its place among the prompts. */
  readonly key: Key;
}

/** Pictures. */
export interface Pictures {
  /** As diffusion leaves them, [picture * latent]. */
  readonly latents: Float32Array<ArrayBuffer>;
  /** Bytes, [picture, 32, 32, 3]. */
  readonly pixels: Uint8Array<ArrayBuffer>;
}

/** Draws prompts, and reads pictures. */
export interface TextStudio extends Disposable {
  /** A picture depends on the key, its place and its prompt, not on the others. */
  readonly draw: (request: PicturesRequest) => Promise<Pictures>;
  /** The likeliest answers for each picture, from bytes [count * 3072]. */
  readonly read: SceneReader["read"];
}

/** What drawing and reading need. */
export type StudioModel = Pick<
  SavedText,
  "model" | "autoencoder" | "latentScale" | "reader"
>;

/** Compiles the networks of a model. */
export const openStudio: Stage<StudioModel, { readonly studio: TextStudio }> =
  stage("studio", {
    needs: ["model", "autoencoder", "latentScale", "reader"],
    adds: { studio: "draws prompts, and reads pictures" },
  }, async (saved, context) => ({
    studio: await openTextStudio(saved, context),
  }));

/**
 * Prepares a model for drawing.
 *
 * @param saved The model.
 * @param context Of the stage.
 * @returns The studio; dispose it when it is no longer used.
 */
export async function openTextStudio(
  { model, autoencoder, latentScale, reader }: StudioModel,
  context: Pick<RunContext, "device" | "threads" | "signal" | "progress">,
): Promise<TextStudio> {
  using stack = new DisposableStack();
  const denoiser = stack.use(await compileDenoiser(model, BATCH, context));
  const coder = stack.use(await compileAutoencoder(autoencoder, context));
  const { read } = stack.use(await compileReader(reader, context));
  const kept = stack.move();
  return {
    draw: async ({ prompts, negative = "", sampler, steps, ...rest }) => {
      const latents = await sampleImages(model, denoiser, {
        ...rest,
        ...samplerByName(sampler, model.schedule, steps),
        conditions: tokensOf(prompts),
        negative: promptTokens(negative),
      }, context);
      const pixels = await decodeScaled(coder, latents, latentScale);
      return { latents, pixels };
    },
    read,
    [Symbol.dispose]: () => kept.dispose(),
  };
}
