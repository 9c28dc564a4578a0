/**
 * The stage that finds out how long the weight updates of one of several models take.
 * @module
 */
import { adam } from "../../../models/optimizers/adam.ts";
import { split } from "../../core/random/key.ts";
import { type Stage, stage } from "../../core/stage.ts";
import type { ImageModel } from "./image_model.ts";
import type { BinaryImages } from "../../images/images.ts";
import { compileUpdate } from "../../images/compile_update.ts";
import {
  type ElboTraining,
  elboTraining,
  elboUpdate,
} from "../../images/fit_elbo.ts";
import { type LatentSize, latentSize } from "../build_vae.ts";
import { only } from "../../core/task/flags.ts";

/** Updates that are timed, after as many that are not. */
const UPDATES = 10;

/** Times updates by the ELBO, once for the whole of a run that is killed and goes on; the model is not used further. */
export const timeUpdates: Stage<
  & Partial<LatentSize>
  & Partial<Pick<ElboTraining, "batch" | "learningRate" | "monteCarlo">>
  & {
    readonly model: ImageModel;
    readonly images: BinaryImages;
  },
  { readonly updateSeconds: number }
> = stage("time", {
  needs: ["model", "images"],
  settings: {
    ...latentSize,
    ...only(elboTraining, "batch", "learningRate", "monteCarlo"),
  },
  adds: { updateSeconds: "seconds of a weight update" },
}, async ({ model, ...config }, context) => {
  const kept = (await context.checkpoints.restore(context.path))?.state;
  if (typeof kept === "number") return { updateSeconds: kept };
  const { vae: { variables }, modelOf } = model;
  using optimizer = adam(variables);
  const [batches, noise] = split(context.key, 2);
  using update = await compileUpdate(
    elboUpdate({ ...config, variables, modelOf }, optimizer, {
      batches,
      noise,
    }),
    UPDATES,
    context,
  );
  await update.run(0, UPDATES);
  const start = performance.now();
  await update.run(UPDATES, UPDATES);
  const updateSeconds = (performance.now() - start) / 1000 / UPDATES;
  const checkpoint = { step: UPDATES, tensors: {}, state: updateSeconds };
  await context.checkpoints.save(context.path, checkpoint);
  return { updateSeconds };
});
