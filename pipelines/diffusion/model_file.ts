/**
 * Diffusion models in files, so that one training serves several experiments.
 * @module
 */
import { readFile } from "../core/data/read_file.ts";
import {
  decodeSafetensors,
  encodeSafetensors,
} from "../core/run/checkpoints/safetensors.ts";
import { type Stage, stage } from "../core/stage.ts";
import { assignWeights, readWeights } from "../training/weights.ts";
import type { DiffusionModel, DiffusionSizes } from "./diffusion_model.ts";

/** Where a run keeps its model. */
const MODEL = "model/diffusion.safetensors";

/** Far above any model of this package. */
const MOST_BYTES = 2 ** 30;

/** What the file says of the model beside its weights. */
function textsOf(
  sizes: Pick<DiffusionSizes, "timesteps" | "schedule" | "prediction">,
): Readonly<Record<string, string>> {
  const { timesteps, schedule, prediction } = sizes;
  return { timesteps: String(timesteps), schedule, prediction };
}

/** Saves the averaged weights in `model/diffusion.safetensors`, with what the network predicts on which schedule. */
export const saveDiffusion: Stage<
  & Pick<DiffusionSizes, "timesteps" | "schedule" | "prediction">
  & { readonly model: DiffusionModel },
  object
> = stage("save", {
  needs: ["model", "timesteps", "schedule", "prediction"],
  adds: {},
}, async ({ model, ...sizes }, { artifacts }) => {
  await artifacts.file(
    MODEL,
    encodeSafetensors({
      tensors: await readWeights(model.averaged.variables),
      metadata: textsOf(sizes),
    }),
  );
  return {};
});

/**
 * Reads the averaged weights that an earlier run saved.
 *
 * @param model Receives them.
 * @param folder The earlier run's folder.
 * @param sizes What the model is expected to be.
 * @throws {Error} If the run has no model, or one of other sizes, with another schedule or prediction.
 */
export async function readDiffusion(
  model: DiffusionModel,
  folder: string,
  sizes: Pick<DiffusionSizes, "timesteps" | "schedule" | "prediction">,
): Promise<void> {
  const path = `${folder}/${MODEL}`;
  const bytes = await readFile(path, MOST_BYTES);
  if (bytes === undefined) {
    throw new Error(
      `Expected the folder of a finished diffusion-mnist run but found no ${path}`,
    );
  }
  const { tensors, metadata } = await decodeSafetensors(bytes, path);
  for (const [name, value] of Object.entries(textsOf(sizes))) {
    if (metadata[name] === value) continue;
    throw new RangeError(
      `Expected ${name} ${
        metadata[name] ?? "to be recorded"
      } as in ${path} but found ${value}`,
    );
  }
  assignWeights(model.averaged.variables, tensors);
}
