import type {
  Pictures,
  PicturesRequest,
  TextStudio,
} from "../../../../pipelines/diffusion/text/text_studio.ts";
import { sceneLength } from "../../../../pipelines/images/scenes/draw_scene.ts";
import {
  type Answers,
  answersOf,
} from "../../../../pipelines/images/scenes/questions.ts";
import {
  type Colour,
  digitWords,
  type Place,
  type Relation,
  type Scene,
  type Thickness,
} from "../../../../pipelines/images/scenes/scene.ts";

const FULL =
  /^an? (thin|thick) (\w+) (\w+) (?:(?:at|in) the (\w+)|(left of|right of|above|below) an? (\w+)) on an? (\w+) ground$/;

/** The scene of a caption that leaves nothing out. */
export function sceneOf(caption: string): Scene {
  const found = FULL.exec(caption);
  if (!found) throw new Error(`Expected a whole caption but found ${caption}`);
  const [, thickness, ink, first, place, relation, second, ground] = found;
  const digit = digitWords.indexOf(first!);
  return {
    thickness: thickness as Thickness, // the grammar's own words
    ink: ink as Colour,
    ground: ground as Colour,
    placed: place ? { digit, place: place as Place } : {
      digit,
      relation: relation as Relation,
      other: digitWords.indexOf(second!),
    },
  };
}

/** A studio that draws by a rule, reads what was asked for, and errs by a rule. */
export function toyStudio(
  draw: (request: PicturesRequest) => Awaited<ReturnType<TextStudio["draw"]>>,
  err: (answers: Answers, i: number) => Answers = (answers) => answers,
): TextStudio & { readonly requests: readonly PicturesRequest[] } {
  const requests: PicturesRequest[] = [];
  return {
    requests,
    draw: (request) => {
      requests.push(request);
      return Promise.resolve(draw(request));
    },
    read: () =>
      Promise.resolve(
        requests.at(-1)!.prompts.map((prompt, i) =>
          err(answersOf(sceneOf(prompt)), i)
        ),
      ),
    [Symbol.dispose]: () => {},
  };
}

/** Pictures that are filled with their place, and latents of zeros. */
export function blank(
  { prompts }: Pick<PicturesRequest, "prompts">,
): Pictures {
  const pixels = new Uint8Array(prompts.length * sceneLength);
  prompts.forEach((_, i) =>
    pixels.fill(i, i * sceneLength, (i + 1) * sceneLength)
  );
  return { latents: new Float32Array(prompts.length * 256), pixels };
}
