/**
 * The stage that measures one of several models, and what its decoder is worth without skips.
 * @module
 */
import { compile } from "../../../compile/compile.ts";
import type { RunContext } from "../../core/context.ts";
import { fold } from "../../core/random/key.ts";
import { normal } from "../../core/random/normal.ts";
import { type Stage, stage } from "../../core/stage.ts";
import type {
  ArchitectureCase,
  ImageArchitecture,
  ImageModel,
} from "./image_model.ts";
import type { BinaryImages } from "../../images/images.ts";
import type { Training } from "../../training/training.ts";
import { meanAndError } from "../../statistics/mean_and_error.ts";
import { elboMeterOf } from "../../images/measure_elbo.ts";
import type { ModelOf } from "../../../models/objectives/latent_variable_model.ts";
import { measureLogLikelihood } from "../measure_log_likelihood.ts";
import { type LatentSize, latentSize } from "../build_vae.ts";
import {
  type LikelihoodRequest,
  likelihoodRequest,
} from "../estimate_log_likelihood.ts";
import { type ElboTraining, elboTraining } from "../../images/fit_elbo.ts";
import { only } from "../../core/task/flags.ts";

/** Images drawn from the model: eight by four. */
const DRAWN = 32;

/** Measures the objective, the ELBO and log p(x) of the decoder that sees latents alone, and draws images. */
export const measureArchitecture: Stage<
  & Partial<LatentSize & LikelihoodRequest>
  & Partial<Pick<ElboTraining, "epochs" | "monteCarlo">>
  & {
    readonly title: string;
    readonly architecture: ImageArchitecture;
    readonly model: ImageModel;
    readonly images: BinaryImages;
    readonly training: Training;
  },
  { readonly architectureCase: ArchitectureCase }
> = stage("measure", {
  needs: [
    "title",
    "architecture",
    "model",
    "images",
    "training",
  ],
  settings: {
    ...latentSize,
    ...only(elboTraining, "epochs", "monteCarlo"),
    ...likelihoodRequest,
  },
  adds: { architectureCase: "bounds, log p(x), samples and history" },
}, async ({ model, images: { test }, training, ...config }, context) => {
  const { title, architecture, epochs, latent, importanceSamples } = config;
  const { vae, modelOf, parameters } = model;
  const pixels = test.rows * test.columns;
  const measure = async (modelOf: ModelOf) => {
    const options = { pixels, latent, monteCarlo: config.monteCarlo };
    using meter = await elboMeterOf(modelOf, options, context);
    const terms = await meter.measure(test, fold(context.key, "elbo"));
    const reconstruction = meanAndError(terms.reconstruction).mean;
    const kl = meanAndError(terms.kl).mean;
    return { reconstruction, kl, elbo: reconstruction - kl };
  };
  const trained = await measure(modelOf);
  const alone = await measure(() => vae);
  const sampling = { latent, importanceSamples };
  const found = await measureLogLikelihood(vae, test, sampling, context);
  return {
    architectureCase: {
      title,
      architecture,
      parameters,
      epochs,
      objective: trained.elbo,
      reconstruction: trained.reconstruction,
      kl: trained.kl,
      elbo: alone.elbo,
      logLikelihood: meanAndError(found.logLikelihood).mean,
      samples: await drawSamples(model, latent, context),
      history: training.history.flatMap(({ epoch, values }) => {
        const y = values["validation/elbo"];
        return y === undefined ? [] : [{ x: epoch, y }];
      }),
    },
  };
});

async function drawSamples(
  { vae }: ImageModel,
  latent: number,
  { key, device, threads }: RunContext,
): Promise<Float32Array> {
  using decoder = await compile(
    ({ latents }) => ({ means: vae.decode(latents).mean }),
    { inputs: { latents: { shape: [DRAWN, latent] } }, device, threads },
  );
  const latents = normal(fold(key, "samples"), DRAWN * latent);
  return (await decoder.run({ latents })).means.data;
}
