/**
 * The stage that draws what a person asked for.
 * @module
 */
import { type Stage, stage } from "../../core/stage.ts";
import { namesOf } from "../../core/task/flags.ts";
import { pngOf } from "../png_of.ts";
import { readingOf } from "../../images/scenes/questions.ts";
import { sceneLength } from "../../images/scenes/draw_scene.ts";
import type { TextStudio } from "./text_studio.ts";
import {
  negativePrompt,
  type TextRequest,
  textRequest,
} from "./text_request.ts";

/** Draws the prompt, and reads what is drawn; `images/0.png` and so on. */
export const drawRequest: Stage<
  & TextRequest
  & { readonly studio: TextStudio },
  { readonly readings: readonly string[]; readonly pictures: Uint8Array }
> = stage("prompt", {
  needs: [...namesOf(textRequest), "studio"],
  adds: {
    readings: "what is read in each picture of the prompt",
    pictures: "the pictures in bytes, [image, row, column, colour]",
  },
}, async ({ studio, images, prompt, ...input }, context) => {
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
  return {
    readings: (await studio.read(pixels)).map(readingOf),
    pictures: pixels,
  };
});

/** Bytes [side, side, 3] as planes from -1 to 1, [3, side, side]. */
function planes(scene: Uint8Array): Float32Array {
  const places = sceneLength / 3;
  return Float32Array.from(
    scene,
    (_, i) => scene[3 * (i % places) + Math.floor(i / places)]! / 127.5 - 1, // inside
  );
}
