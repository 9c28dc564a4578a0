/**
 * The stage that shows what the autoencoder keeps.
 * @module
 */
import { imageGrid } from "../../charts/image_grid.ts";
import type { DatasetInfo } from "../../core/data/dataset_info.ts";
import { type Stage, stage } from "../../core/stage.ts";
import { sceneLength, sceneSide } from "../../images/scenes/draw_scene.ts";
import { asUnit, type CodedScenes } from "./measure_coding.ts";

/** Draws test scenes above the same encoded and decoded. */
export const drawCoding: Stage<
  { readonly codedScenes: CodedScenes; readonly dataset: DatasetInfo },
  object
> = stage("draw-coding", {
  needs: ["codedScenes", "dataset"],
  adds: {},
}, async ({ codedScenes: { scenes, decoded }, dataset }, context) => {
  await context.artifacts.figure(
    await imageGrid({
      name: "autoencoder",
      title: "Test scenes, and the same encoded and decoded",
      subtitle: `${dataset.notice ?? dataset.name}: ${context.path[0]}`,
      imageShape: [sceneSide, sceneSide],
      numbers: 3,
      scale: 2,
      grids: [{
        columns: scenes.length / sceneLength,
        images: asUnit([...scenes, ...decoded]),
        rowLabels: ["scenes", "decoded"],
      }],
    }),
  );
  return {};
});
