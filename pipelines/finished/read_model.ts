/**
 * The file of a run that holds its one model, or why there is none.
 * @module
 */
import type { RunRecord } from "../core/run/run_record.ts";
import {
  type LeftWeights,
  readLeftWeights,
  weightsPath,
} from "../training/leave_weights.ts";
import { TRANSLATOR_FILE } from "../translation/translator_file.ts";

/** Why a finished run of a task keeps no single model, by the task's name. */
export const reasons: Readonly<Record<string, string>> = {
  "attention-study":
    "trains several translators and keeps none; translate-gru keeps one",
  "dcgan":
    "trains a convolutional GAN beside others and keeps none; gan --architecture conv keeps one",
  "diffusion-exact": "trains nothing: its denoisers are known exactly",
  "estimators":
    "trains a VAE for each length of --latent and keeps none; vae-k3 keeps one",
  "families":
    "makes a run of each family in the folder of --place, which can be loaded one by one",
  "feature-network":
    "keeps a network that measures samples in model/features.safetensors, which --feature-network of diffusion-mnist reads",
  "flow-plane": "trains a flow for each density and keeps none",
  "flow-questions":
    "trains small flows to answer questions and keeps none; flow-mnist keeps one",
  "gan-losses": "trains several GANs and keeps none; gan keeps one",
  "gan-modes": "trains several GANs and keeps none; gan keeps one",
  "kl-gaussians": "trains nothing: its distributions are given",
  "mean-field": "trains nothing: its distributions are given",
  "norm-study":
    "trains many transformers and keeps none; prenorm-deep and postnorm-deep keep one",
  "stable-diffusion": "trains nothing: it draws with the model of --model",
  "text-to-image":
    "keeps three networks in model/text_to_image.safetensors, with which text-to-image --model-folder draws",
  "vae-conv":
    "trains several VAEs and keeps none; vae-conv-k20 keeps one with convolutions",
  "vae-latents":
    "trains a VAE for each length of --latents and keeps none; vae-k3 --latent keeps one",
  "vae-likelihoods":
    "trains a VAE for each distribution of pixels and keeps none; vae-k3 keeps one",
};

/**
 * Reads the weights of the one model that a run keeps.
 *
 * @param folder The run's folder.
 * @param record The run's record.
 * @returns The weights, and what the file tells of them.
 * @throws {RangeError} If there is no such model, with the reason.
 * @throws {SyntaxError} If the file is damaged.
 */
export async function readModel(
  folder: string,
  record: Pick<RunRecord, "task" | "config">,
): Promise<LeftWeights> {
  const left = await readLeftWeights(folder, TRANSLATOR_FILE) ??
    await readLeftWeights(folder);
  if (left !== undefined) return left;
  throw new RangeError(
    `Expected a run that keeps one trained model but ${
      whyNone(record) ?? `found no ${weightsPath} in ${folder}`
    }`,
  );
}

function whyNone(
  { task, config }: Pick<RunRecord, "task" | "config">,
): string | undefined {
  const { modelFolder = "none" } = config;
  if (task !== "text-to-image" && modelFolder !== "none") {
    return `this run of ${task} took its model from ${modelFolder}, which can be loaded`;
  }
  const reason = Object.hasOwn(reasons, task) ? reasons[task] : undefined;
  return reason && `${task} ${reason}`;
}
