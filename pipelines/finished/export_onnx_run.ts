/**
 * The model of a finished run as files for any ONNX runtime.
 * @module
 */
import * as tf from "@tensorflow/tfjs";
import { exportOnnx } from "../../compile/export.ts";
import { exportTranslator } from "./export_translator.ts";
import type { LoadedRun } from "./load_run.ts";
import type { NamedFile } from "./named_file.ts";

/**
 * Writes the model of a run as ONNX files, whose batches may have any size.
 *
 * @param run The run.
 * @returns Encoder and decoder of a VAE, with two layers of latents the prior, too; the generator; the sampler of a flow; the
 * denoiser of a diffusion model; the logits of a transformer; encoder and step of a translator.
 * @throws {RangeError} If the run's model is of no family that can be written.
 */
export async function exportOnnxRun(
  { model, record }: Pick<LoadedRun, "model" | "record">,
): Promise<readonly NamedFile[]> {
  if (model === undefined) {
    throw new RangeError(
      `Expected a run of a model that can be written as ONNX but found one of ${record.task}`,
    );
  }
  const doc = `of ${record.task}, seed ${record.seed}`;
  if (model.kind === "language") {
    const { context, predict, kind } = model.language;
    const tokens = { shape: ["batch", context], dtype: "int32" } as const;
    const bytes = kind === "translates"
      ? await exportOnnx(
        ({ source, before }) => ({
          logits: predict({ source, before }).next.logits,
        }),
        { inputs: { source: tokens, before: tokens }, name: "next", doc },
      )
      : await exportOnnx(
        ({ before }) => ({
          logits: predict({ source: before, before }).next.logits,
        }),
        { inputs: { before: tokens }, name: "next", doc },
      );
    return [["next.onnx", bytes]];
  }
  if (model.kind === "translator") {
    return await exportTranslator(model.translator, doc);
  }
  const pixels = model.image.rows * model.image.columns;
  if (model.kind === "two-layer-vae") {
    const { vae, latent } = model;
    const latents = { shape: ["batch", latent] } as const;
    const encoder = await exportOnnx(
      ({ image }) => ({ mean: vae.encode(image).mean }),
      {
        inputs: { image: { shape: ["batch", pixels] } },
        name: "encoder",
        doc,
      },
    );
    const prior = await exportOnnx(
      ({ noise }) => ({ latents: vae.prior.sample(noise) }),
      { inputs: { noise: latents }, name: "prior", doc },
    );
    const decoder = await exportOnnx(
      ({ latents }) => ({ probabilities: vae.decode(latents).mean }),
      { inputs: { latents }, name: "decoder", doc },
    );
    return [
      ["encoder.onnx", encoder],
      ["prior.onnx", prior],
      ["decoder.onnx", decoder],
    ];
  }
  if (model.kind === "vae") {
    const { vae, latent } = model;
    const encoder = await exportOnnx(({ image }) => {
      const { mean, logVariance } = vae.encode(image);
      return { mean, logVariance };
    }, {
      inputs: { image: { shape: ["batch", pixels] } },
      name: "encoder",
      doc,
    });
    const decoder = await exportOnnx(
      ({ latents }) => ({ probabilities: vae.decode(latents).mean }),
      {
        inputs: { latents: { shape: ["batch", latent] } },
        name: "decoder",
        doc,
      },
    );
    return [["encoder.onnx", encoder], ["decoder.onnx", decoder]];
  }
  if (model.kind === "gan") {
    const { generator, latent } = model;
    const bytes = await exportOnnx(
      ({ noise }) => ({ image: generator.evaluate(noise) }),
      {
        inputs: { noise: { shape: ["batch", latent] } },
        name: "generator",
        doc,
      },
    );
    return [["generator.onnx", bytes]];
  }
  if (model.kind === "flow") {
    const { flow } = model;
    const bytes = await exportOnnx(
      ({ latents }) => ({ image: flow.sample(latents) }),
      {
        inputs: { latents: { shape: ["batch", pixels] } },
        name: "sampler",
        doc,
      },
    );
    return [["sampler.onnx", bytes]];
  }
  const { diffusion } = model;
  const bytes = await exportOnnx(
    ({ images, time, classes }) => ({
      output: diffusion.predict(
        { images, time, conditions: tf.expandDims(classes, 1) as tf.Tensor2D },
        "averaged",
      ),
    }),
    {
      inputs: {
        images: { shape: ["batch", pixels] },
        time: { shape: ["batch", diffusion.timeWidth] },
        classes: { shape: ["batch"], dtype: "int32" },
      },
      name: "denoiser",
      doc,
    },
  );
  return [["denoiser.onnx", bytes]];
}
