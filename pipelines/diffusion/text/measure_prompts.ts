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
import type { Scene } from "../../images/scenes/scene.ts";
import type { MeasuringRequest } from "./measuring_request.ts";
import type { Obtained } from "./obtain_text.ts";
import type { TextRequest } from "./text_request.ts";
import type { TextStudio } from "./text_studio.ts";

/** Prompts of one kind. */
export interface PromptCase {
  /** Which combinations of words they have. */
  readonly kind: "seen" | "held-out" | "ink with digit" | "ink with ground";
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
  const answersOf = async (scenes: readonly Scene[], key: Key) => {
    const { pixels } = await studio.draw({
      prompts: scenes.map((scene) => captionOf(scene)),
      sampler,
      steps,
      guidance,
      key,
    });
    return await studio.read(pixels);
  };
  const seen = scenesOf("seen", prompts, seenKey);
  const held = scenesOf("held-out", prompts, heldKey);
  const found = {
    seen: await answersOf(seen, fold(seenKey, "draw")),
    held: await answersOf(held, fold(heldKey, "draw")),
  };
  const caseOf = (
    kind: PromptCase["kind"],
    keep: (scene: Scene) => boolean,
  ): readonly PromptCase[] => {
    const at = held.flatMap((scene, i) => keep(scene) ? [i] : []);
    if (at.length === 0) return [];
    return [{
      kind,
      count: at.length,
      accuracy: accuracyOf(
        at.map((i) => found.held[i]!), // of the held-out ones
        at.map((i) => held[i]!),
      ),
    }];
  };
  return {
    promptCases: [
      { kind: "seen", count: prompts, accuracy: accuracyOf(found.seen, seen) },
      ...caseOf("held-out", () => true),
      ...(["ink with digit", "ink with ground"] as const).flatMap((kind) =>
        caseOf(kind, (scene) => heldOutOf(scene).includes(kind))
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
