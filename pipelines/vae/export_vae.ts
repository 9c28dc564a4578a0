/**
 * The stage that leaves a VAE as files for any ONNX runtime.
 * @module
 */
import { exportOnnx } from "../../compile/export.ts";
import type { Vae } from "../../models/vae.ts";
import type { DatasetInfo } from "../core/data/dataset_info.ts";
import { type Stage, stage } from "../core/stage.ts";
import type { BinaryImages } from "../images/images.ts";
import { type LatentSize, latentSize } from "./build_vae.ts";

/** Writes `model/encoder.onnx` and `model/decoder.onnx`, for batches of any size. */
export const exportVae: Stage<
  Partial<LatentSize> & {
    readonly vae: Vae;
    readonly images: BinaryImages;
    readonly dataset: DatasetInfo;
  },
  object
> = stage("export", {
  needs: ["vae", "images", "dataset"],
  settings: latentSize,
  adds: {},
}, async ({ vae, images, latent, dataset }, { artifacts, path }) => {
  const { rows, columns } = images.test;
  const made = `of ${
    path[0]
  }, trained on ${dataset.name} (${images.binarization})`;
  const encoder = await exportOnnx(({ image }) => {
    const { mean, logVariance } = vae.encode(image);
    return { mean, logVariance };
  }, {
    inputs: { image: { shape: ["batch", rows * columns] } },
    name: "encoder",
    doc:
      `Encoder ${made}: binary images to mean and log variance of their latents`,
  });
  const decoder = await exportOnnx(
    ({ latents }) => ({ probabilities: vae.decode(latents).mean }),
    {
      inputs: { latents: { shape: ["batch", latent] } },
      name: "decoder",
      doc: `Decoder ${made}: latents to the probability of ink in each pixel`,
    },
  );
  await artifacts.file("model/encoder.onnx", new Uint8Array(encoder));
  await artifacts.file("model/decoder.onnx", new Uint8Array(decoder));
  return {};
});
