/**
 * The stage that leaves a generator as a file for any ONNX runtime.
 * @module
 */
import { exportOnnx } from "../../compile/export.ts";
import type { DatasetInfo } from "../core/data/dataset_info.ts";
import { type Stage, stage } from "../core/stage.ts";
import { only } from "../core/task/flags.ts";
import type { OwnedPlayers } from "./build_players.ts";
import { type GanSizes, ganSizes } from "./gan_settings.ts";

/** Writes `model/generator.onnx`, for batches of any size. */
export const exportGenerator: Stage<
  Partial<Pick<GanSizes, "latent">> & {
    readonly players: OwnedPlayers;
    readonly dataset: DatasetInfo;
  },
  object
> = stage("export", {
  needs: ["players", "dataset"],
  settings: only(ganSizes, "latent"),
  adds: {},
}, async ({ players, dataset, latent }, { artifacts, path }) => {
  const generator = await exportOnnx(
    ({ noise }) => ({ image: players.generator.evaluate(noise) }),
    {
      inputs: { noise: { shape: ["batch", latent] } },
      name: "generator",
      doc: `Generator of ${path[0]}, trained on ${dataset.name}: ` +
        "standard normal noise to pixels from -1 (paper) to 1 (ink)",
    },
  );
  await artifacts.file("model/generator.onnx", new Uint8Array(generator));
  return {};
});
