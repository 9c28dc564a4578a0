/**
 * The stage that lays the pictures of a prompt side by side.
 * @module
 */
import { imageGrid } from "../../charts/image_grid.ts";
import { type Stage, stage } from "../../core/stage.ts";
import { sceneLength, sceneSide } from "../../images/scenes/draw_scene.ts";
import { asUnit } from "./measure_coding.ts";
import type { Obtained } from "./obtain_text.ts";
import { negativePrompt, type TextRequest } from "./text_request.ts";

/** Pictures in a row of the figure. */
const COLUMNS = 8;

/** Draws the figure of what a person asked for. */
export const drawPrompt: Stage<
  & Pick<TextRequest, "prompt" | "negative">
  & Pick<Obtained, "dataset">
  & { readonly pictures: Uint8Array },
  object
> = stage("draw-prompt", {
  needs: ["prompt", "negative", "dataset", "pictures"],
  adds: {},
}, async ({ pictures, dataset, prompt, ...input }, context) => {
  const negative = negativePrompt(input);
  const images = pictures.length / sceneLength;
  await context.artifacts.figure(
    await imageGrid({
      name: "prompt",
      title: prompt,
      subtitle: `${negative === "" ? "" : `not: ${negative}; `}${
        dataset.notice ?? dataset.name
      }: ${context.path[0]}`,
      imageShape: [sceneSide, sceneSide],
      numbers: 3,
      scale: 2,
      grids: [{ columns: Math.min(COLUMNS, images), images: asUnit(pictures) }],
    }),
  );
  return {};
});
