/**
 * A finished VAE as what its page shows.
 * @module
 */
import type {
  Explored,
  PageLayer,
  VaeLayers,
} from "../../viewer/explore/vae/explored.ts";
import type { LoadedRun } from "../load_run.ts";
import { notExplorable } from "./explorable.ts";
import { mapPoints } from "./map_points.ts";
import { vaeLayers } from "./vae_layers.ts";

/** Test images on the map: more would hide one another. */
const MOST_IMAGES = 300;

/**
 * Takes from a run what its page shows.
 *
 * @param run The run.
 * @returns The model, and where it puts test images.
 * @throws {RangeError} If the run's model is no VAE of dense or convolutional layers.
 */
export async function exploreVae(run: LoadedRun): Promise<Explored> {
  const { record, model } = run;
  const layers = vaeLayers(run);
  if (model?.kind !== "vae") throw notExplorable(`one of ${record.task}`); // checked by `vaeLayers`
  const { latent, image: { rows, columns } } = model;
  const points = await mapPoints(record, model, MOST_IMAGES);
  return {
    title: `${record.task}, seed ${record.seed}`,
    about: `A VAE with ${latent} latents and ${
      describe(layers)
    }, computed in this page.`,
    rows,
    columns,
    latent,
    model: layers,
    points,
  };
}

function describe({ hidden }: VaeLayers): string {
  const widths = hidden.map(({ outputs }: PageLayer) => outputs).join(", ");
  return hidden[0]?.kind === "halve"
    ? `convolutions of ${widths} channels`
    : `hidden layers of ${widths} units`;
}
