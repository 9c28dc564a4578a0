/**
 * The stage that trains one of several models, and tells how long an epoch took.
 * @module
 */
import { type Stage, stage } from "../../core/stage.ts";
import type { ImageModel } from "./image_model.ts";
import type { BinaryImages } from "../../images/images.ts";
import type { Training } from "../../training/training.ts";
import {
  type ElboTraining,
  elboTraining,
  fitElbo,
} from "../../images/fit_elbo.ts";
import { type LatentSize, latentSize } from "../build_vae.ts";

/** Trains by the ELBO, or by what becomes of it with skips. */
export const trainArchitecture: Stage<
  Partial<LatentSize & ElboTraining> & {
    readonly title: string;
    readonly model: ImageModel;
    readonly images: BinaryImages;
  },
  { readonly training: Training }
> = stage("train", {
  needs: ["title", "model", "images"],
  settings: { ...latentSize, ...elboTraining },
  cached: true,
  adds: { training: "records, kept weights, and the best weight update" },
}, async ({ title, model, images, ...config }, context) => {
  const started = performance.now();
  const { vae: { variables }, modelOf } = model;
  const fit = { ...config, images, variables, modelOf };
  const training = await fitElbo(fit, context);
  const seconds = (performance.now() - started) / 1000;
  const perEpoch = (seconds / config.epochs).toFixed(1);
  context.progress.note(`${title}: ${perEpoch} s an epoch, with validation`);
  return { training };
});
