/**
 * The stage that draws what a person asked for.
 * @module
 */
import { imageGrid } from "../../charts/image_grid.ts";
import { type Stage, stage } from "../../core/stage.ts";
import { namesOf } from "../../core/task/flags.ts";
import { pngOf } from "../png_of.ts";
import { asUnit } from "./measure_coding.ts";
import type { Obtained } from "./obtain_text.ts";
import { readingOf } from "../../images/scenes/questions.ts";
import { sceneLength, sceneSide } from "../../images/scenes/draw_scene.ts";
import type { TextStudio } from "./text_studio.ts";
import {
  negativePrompt,
  type TextRequest,
  textRequest,
} from "./text_request.ts";

/** Pictures in a row of the figure. */
const COLUMNS = 8;

/** Draws the prompt, and reads what is drawn; `images/0.png` and so on. */
export const drawRequest: Stage<
  & TextRequest
  & Pick<Obtained, "dataset">
  & { readonly studio: TextStudio },
  { readonly readings: readonly string[] }
> = stage("prompt", {
  needs: [
    ...namesOf(textRequest),
    ...["dataset", "studio"] as const,
  ],
  adds: { readings: "what is read in each picture of the prompt" },
}, async ({ studio, dataset, images, prompt, ...input }, context) => {
  const negative = negativePrompt(input);
  const { pixels } = await studio.draw({
    ...input,
    negative,
    prompts: Array<string>(images).fill(prompt),
    key: context.key,
  });
  for (let i = 0; i < images; i++) {
    const scene = pixels.subarray(i * sceneLength, (i + 1) * sceneLength);
    await context.artifacts.file(`images/${i}.png`, await pngOf(planes(scene)));
  }
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
      grids: [{ columns: Math.min(COLUMNS, images), images: asUnit(pixels) }],
    }),
  );
  return { readings: (await studio.read(pixels)).map(readingOf) };
});

/** Bytes [side, side, 3] as planes from -1 to 1, [3, side, side]. */
function planes(scene: Uint8Array): Float32Array {
  const places = sceneLength / 3;
  return Float32Array.from(
    scene,
    (_, i) => scene[3 * (i % places) + Math.floor(i / places)]! / 127.5 - 1, // inside
  );
}
