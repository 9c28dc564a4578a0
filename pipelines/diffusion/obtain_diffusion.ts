/**
 * The stage that takes a trained diffusion model from an earlier run, or trains one.
 * @module
 */
import { attempt } from "../core/attempt.ts";
import { type InputOf, type Stage, stage } from "../core/stage.ts";
import { text } from "../core/task/fields.ts";
import type { Flags } from "../core/task/flags.ts";
import type { DiffusionSizes } from "./diffusion_model.ts";
import { readDiffusion } from "./model_file.ts";
import { trainDiffusion } from "./train_diffusion.ts";

/** Where the model comes from. */
export interface ModelSource {
  /** Folder of a finished `diffusion-mnist` run, or `none` to train anew. */
  readonly modelFolder: string;
}

/** Flag of the source. */
export const modelSource: Flags<ModelSource> = {
  modelFolder: text(
    "none",
    "folder of a finished diffusion-mnist run with the same model flags; none: train anew",
    { form: "FOLDER" },
  ),
};

/** Whether the model was read or trained. */
export type ModelOrigin = "read" | "trained";

/** Reads the weights of an earlier run where one is given, else trains. */
export const obtainDiffusion: Stage<
  & ModelSource
  & Pick<DiffusionSizes, "timesteps" | "schedule" | "prediction">
  & InputOf<typeof trainDiffusion>,
  { readonly origin: ModelOrigin }
> = stage(
  "obtain",
  {
    needs: [
      ...["modelFolder", "timesteps", "schedule", "prediction"] as const,
      ...trainDiffusion
        .needs as readonly (keyof InputOf<typeof trainDiffusion>)[], // its own
    ],
    adds: { origin: "whether the model was read or trained" },
    mayRun: [trainDiffusion],
  },
  async (
    { modelFolder, timesteps, schedule, prediction, ...rest },
    context,
  ) => {
    if (modelFolder === "none") {
      await attempt(trainDiffusion, rest, context);
      return { origin: "trained" };
    }
    const sizes = { timesteps, schedule, prediction };
    await readDiffusion(rest.model, modelFolder, sizes);
    context.progress.note(`Read the model of ${modelFolder}`);
    return { origin: "read" };
  },
);
