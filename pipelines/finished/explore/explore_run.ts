/**
 * A finished VAE as what its page shows.
 * @module
 */
import type { Explored } from "../../viewer/explore/explored.ts";
import type { LoadedRun } from "../load_run.ts";
import { denseVae, EXPLORED } from "./dense_vae.ts";
import { mapPoints } from "./map_points.ts";

/** Test images on the map: more would hide one another. */
const MOST_IMAGES = 300;

/**
 * Takes from a run what its page shows.
 *
 * @param run The run.
 * @returns The model, and where it puts test images.
 * @throws {RangeError} If the run's model is no VAE of dense layers.
 */
export async function exploreRun(run: LoadedRun): Promise<Explored> {
  const { record, model } = run;
  const dense = denseVae(run);
  if (model?.kind !== "vae") throw new RangeError(`Expected ${EXPLORED}`); // checked by `denseVae`
  const { latent, image: { rows, columns } } = model;
  const points = await mapPoints(record, model, MOST_IMAGES);
  const widths = dense.hidden.map(({ outputs }) => outputs).join(", ");
  return {
    title: `${record.task}, seed ${record.seed}`,
    about:
      `A VAE with ${latent} latents and hidden layers of ${widths} units, computed in this page.`,
    rows,
    columns,
    latent,
    model: dense,
    points,
  };
}
