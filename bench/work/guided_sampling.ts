/**
 * Images drawn with guidance, as work.
 * @module
 */
import { keyFrom } from "../../pipelines/core/random/key.ts";
import { compileDenoiser } from "../../pipelines/diffusion/compile_denoiser.ts";
import { diffusionModel } from "../../pipelines/diffusion/diffusion_model.ts";
import { sampleImages } from "../../pipelines/diffusion/sample_images.ts";
import { samplerByName } from "../../pipelines/diffusion/samplers_by_name.ts";
import { versionOf } from "../versions.ts";
import { repeated, type Work } from "./work.ts";

const [IMAGES, GUIDANCE] = [64, 2];

/** Steps of sampling, unless others are asked for. */
export const SAMPLING_STEPS = 10;

/** DDIM with guidance 2 for 64 images, noise included; the unit is a step, which calls the U-Net for 128 images. */
export async function guidedSampling(
  threads: number,
  steps: number = SAMPLING_STEPS,
): Promise<Work> {
  const key = keyFrom(0);
  const sizes = {
    channels: 16,
    timesteps: 1000,
    schedule: "linear",
    prediction: "noise",
  } as const;
  const model = await diffusionModel(sizes, 28, key);
  const place = { device: "cpu", threads } as const;
  const denoiser = await compileDenoiser(model, IMAGES, place);
  const request = {
    ...samplerByName("ddim", model.schedule, steps),
    conditions: Array.from({ length: IMAGES }, (_, i) => i % 10),
    guidance: GUIDANCE,
    key,
  };
  const context = {
    signal: new AbortController().signal,
    progress: { stage() {}, update() {}, note() {}, warn() {} },
  };
  const draw = () => sampleImages(model, denoiser, request, context);
  const version = versionOf("onnxruntime-node");
  const facts = `onnxruntime-node ${version}, ${threads} threads`;
  return { facts, run: repeated(draw, steps) };
}
