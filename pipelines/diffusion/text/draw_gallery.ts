/**
 * The stage that draws a gallery of prompts.
 * @module
 */
import { imageGrid } from "../../charts/image_grid.ts";
import { type Stage, stage } from "../../core/stage.ts";
import { sceneSide } from "../../images/scenes/draw_scene.ts";
import { asUnit } from "./measure_coding.ts";
import type { MeasuringRequest } from "./measuring_request.ts";
import { isMeasured } from "./measure_prompts.ts";
import type { Obtained } from "./obtain_text.ts";
import type { TextRequest } from "./text_request.ts";
import type { TextStudio } from "./text_studio.ts";

/** The prompts; no training scene has blue on white, a red one, a yellow four, or black on red. */
export const galleryPrompts: readonly string[] = [
  "a thick red three left of a seven on a blue ground",
  "a thin green five on a yellow ground",
  "a thick white eight at the top on a black ground",
  "a thin blue two below a six on a white ground",
  "a thick yellow nine right of a one on a green ground",
  "a thin white zero at the bottom on a red ground",
  "a thick red one at the left on a white ground",
  "a thin yellow four above a two on a black ground",
  "a thick black five in the middle on a red ground",
  "a thick three",
];

/** Pictures of each prompt. */
const PICTURES = 6;

/** Draws each prompt several times. */
export const drawGallery: Stage<
  & Pick<MeasuringRequest, "measure">
  & Pick<TextRequest, "sampler" | "steps" | "guidance">
  & Pick<Obtained, "dataset" | "origin">
  & { readonly studio: TextStudio },
  object
> = stage("gallery", {
  needs: [
    ...["measure", "sampler", "steps", "guidance"] as const,
    ...["dataset", "origin", "studio"] as const,
  ],
  adds: {},
}, async ({ studio, sampler, steps, guidance, ...input }, context) => {
  const { dataset } = input;
  const subtitle = `${dataset.notice ?? dataset.name}: ${context.path[0]}`;
  if (!isMeasured(input)) return {};
  const { pixels } = await studio.draw({
    prompts: galleryPrompts.flatMap((prompt) => Array(PICTURES).fill(prompt)),
    sampler,
    steps,
    guidance,
    key: context.key,
  });
  await context.artifacts.figure(
    await imageGrid({
      name: "gallery",
      title: "Prompts and pictures",
      subtitle,
      imageShape: [sceneSide, sceneSide],
      numbers: 3,
      scale: 2,
      grids: [{
        columns: PICTURES,
        images: asUnit(pixels),
        rowLabels: galleryPrompts,
      }],
    }),
  );
  return {};
});
