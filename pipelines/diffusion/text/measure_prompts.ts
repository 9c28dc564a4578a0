/**
 * The stage that measures how well prompts are followed.
 * @module
 */
import { fold, type Key, split } from "../../core/random/key.ts";
import { type Stage, stage } from "../../core/stage.ts";
import { type Accuracy, accuracyOf } from "../../images/scenes/accuracy.ts";
import { captionOf } from "../../images/scenes/caption.ts";
import { heldOutOf } from "../../images/scenes/held_out.ts";
import { sampleScene } from "../../images/scenes/sample_scene.ts";
import { digitsOf, type Scene } from "../../images/scenes/scene.ts";
import type { MeasuringRequest } from "./measuring_request.ts";
import type { Obtained } from "./obtain_text.ts";
import type { TextRequest } from "./text_request.ts";
import type { TextStudio } from "./text_studio.ts";

/** Prompts of one kind. */
export interface PromptCase {
  /** Which combinations of words they have; those with one digit or two are seen ones, the last two held-out ones. */
  readonly kind:
    | "seen"
    | "one digit"
    | "two digits"
    | "held-out"
    | "ink with digit"
    | "ink with ground";
  /** How many prompts. */
  readonly count: number;
  /** How often what is read in their pictures is what they say. */
  readonly accuracy: Accuracy;
}

/** Whether a run measures what it draws. */
export function isMeasured(
  { measure, origin }:
    & Pick<MeasuringRequest, "measure">
    & Pick<Obtained, "origin">,
): boolean {
  return measure === "always" || measure === "auto" && origin === "trained";
}

/** Draws prompts of seen and of held-out combinations, each once, and reads them. */
export const measurePrompts: Stage<
  & Pick<MeasuringRequest, "measure" | "prompts">
  & Pick<TextRequest, "sampler" | "steps" | "guidance">
  & Pick<Obtained, "origin">
  & { readonly studio: TextStudio },
  { readonly promptCases: readonly PromptCase[] }
> = stage("prompts", {
  needs: [
    ...["measure", "prompts", "sampler", "steps", "guidance"] as const,
    ...["origin", "studio"] as const,
  ],
  adds: { promptCases: "accuracy for seen and held-out combinations of words" },
}, async ({ studio, prompts, sampler, steps, guidance, ...input }, context) => {
  if (!isMeasured(input)) return { promptCases: [] };
  const [seenKey, heldKey] = split(context.key, 2);
  const draw = async (kind: "seen" | "held-out", key: Key) => {
    const scenes = scenesOf(kind, prompts, key);
    const { pixels } = await studio.draw({
      prompts: scenes.map((scene) => captionOf(scene)),
      sampler,
      steps,
      guidance,
      key: fold(key, "draw"),
    });
    const answers = await studio.read(pixels);
    return scenes.map((scene, i) => ({ scene, answers: answers[i]! })); // as many
  };
  const seen = await draw("seen", seenKey);
  const held = await draw("held-out", heldKey);
  const caseOf = (kind: PromptCase["kind"], drawn: typeof seen) =>
    drawn.length === 0 ? [] : [{
      kind,
      count: drawn.length,
      accuracy: accuracyOf(
        drawn.map(({ answers }) => answers),
        drawn.map(({ scene }) => scene),
      ),
    }];
  const having = (digits: number) =>
    seen.filter(({ scene }) => digitsOf(scene).length === digits);
  return {
    promptCases: [
      ...caseOf("seen", seen),
      ...caseOf("one digit", having(1)),
      ...caseOf("two digits", having(2)),
      ...caseOf("held-out", held),
      ...(["ink with digit", "ink with ground"] as const).flatMap((kind) =>
        caseOf(
          kind,
          held.filter(({ scene }) => heldOutOf(scene).includes(kind)),
        )
      ),
    ],
  };
});

function scenesOf(
  kind: "seen" | "held-out",
  count: number,
  key: Key,
): readonly Scene[] {
  return Array.from(
    { length: count },
    (_, i) => sampleScene(fold(key, i), kind),
  );
}
