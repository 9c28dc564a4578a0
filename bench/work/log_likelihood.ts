/**
 * Estimates of log p(x), as work.
 * @module
 */
import { createVae } from "../../models/vae.ts";
import { sampleParameter } from "../../pipelines/training/sample_parameter.ts";
import { keyFrom } from "../../pipelines/core/random/key.ts";
import { execute } from "../../pipelines/core/run/execute.ts";
import { type Stage, stage } from "../../pipelines/core/stage.ts";
import type { ImageSplit } from "../../pipelines/images/images.ts";
import { measureLogLikelihood } from "../../pipelines/vae/measure_log_likelihood.ts";
import { versionOf } from "../versions.ts";
import { usualVae } from "./image_models.ts";
import { binary } from "./inputs.ts";
import type { Work } from "./work.ts";

/** Importance samples of each image. */
export const SAMPLES = 5000;

/** Estimates of log p(x) with 5,000 samples from a posterior of length 20; the unit is one image. */
export function logLikelihood(threads: number): Work {
  const model = createVae(usualVae, sampleParameter(keyFrom(0)));
  const run = async (milliseconds: number): Promise<number> => {
    const guess = Math.ceil(milliseconds / 30); // images at 6 us for a sample
    const moments: { readonly done: number; readonly at: number }[] = [];
    const measured: Stage<object, { readonly done: true }> = stage("measure", {
      needs: [],
      adds: { done: "" },
    }, async (_, context) => {
      await measureLogLikelihood(
        model,
        images(20 + guess), // the first block is not counted
        { latent: usualVae.latent, importanceSamples: SAMPLES },
        {
          ...context,
          progress: {
            ...context.progress,
            update: ({ step: done }) =>
              void moments.push({ done, at: performance.now() }),
          },
        },
      );
      return { done: true };
    });
    await execute(measured, {}, { seed: 0, device: "cpu", threads });
    const [first, last] = [moments[0]!, moments.at(-1)!]; // two blocks at least
    return (last.at - first.at) / (last.done - first.done);
  };
  const version = versionOf("onnxruntime-node");
  return { facts: `onnxruntime-node ${version}, ${threads} threads`, run };
}

function images(count: number): ImageSplit {
  const pixels = Uint8Array.from(binary([count, usualVae.pixels]).data);
  return {
    pixels,
    labels: new Uint8Array(count),
    count,
    rows: 28,
    columns: 28,
  };
}
