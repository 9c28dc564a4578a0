/**
 * The stage that measures vectors and gradients of untrained models.
 * @module
 */
import { compile } from "../../../compile/compile.ts";
import { fold, split } from "../../core/random/key.ts";
import { type Stage, stage } from "../../core/stage.ts";
import type { OwnedSequenceModel } from "../../text/sequence_model.ts";
import type { CharacterText } from "../../text/text_entries.ts";
import type { InitialNorms } from "./norm_study_entries.ts";
import type { PlaceNorms } from "../place_norms.ts";
import { sequenceNorms } from "../sequence_norms.ts";
import { textBatches } from "../../text/text_batches.ts";
import { count } from "../../core/task/fields.ts";
import { type Flags, only } from "../../core/task/flags.ts";
import {
  type LanguageTraining,
  languageTraining,
} from "../train_language_model.ts";

/** How often to draw the weights of an untrained model. */
export interface InitialSeeds {
  /** Draws of the weights. */
  readonly initialSeeds: number;
}

/** The setting of `InitialSeeds`, with its default and rule. */
export const initialSeeds: Flags<InitialSeeds> = {
  initialSeeds: count(10, "draws of the weights of each untrained model", {
    smoke: 2,
  }),
};

/** Draws all weights several times, and measures norms on a batch of text each time. */
export const measureInitialNorms: Stage<
  & Partial<Pick<LanguageTraining, "batch">>
  & Partial<InitialSeeds>
  & {
    readonly model: OwnedSequenceModel;
    readonly text: CharacterText;
  },
  { readonly initial: readonly InitialNorms[] }
> = stage("initial-norms", {
  needs: ["model", "text"],
  settings: { ...only(languageTraining, "batch"), ...initialSeeds },
  adds: { initial: "norms at each place of each stack, by draw" },
}, async ({ model, text, batch, initialSeeds }, context) => {
  const { places, window } = model;
  const [weightKey, textKey] = split(context.key, 2);
  const batches = textBatches(text.train, { ...model, batch }, textKey);
  using step = await compile(({ windows }) => {
    const norms = sequenceNorms(model, windows);
    const { activation, activationGradient, weightGradient } = norms;
    return { activation, activationGradient, weightGradient };
  }, {
    inputs: { windows: { shape: [batch, window], dtype: "int32" } },
    device: context.device,
    threads: context.threads,
  });
  const draws: Record<keyof PlaceNorms, readonly number[]>[] = [];
  for (let draw = 0; draw < initialSeeds; draw++) {
    context.signal.throwIfAborted();
    model.redraw(fold(weightKey, draw));
    const measured = await step.run({ windows: batches.at(draw, 1) });
    draws.push({
      rms: [...measured.activation.data],
      activation: [...measured.activationGradient.data],
      weights: [...measured.weightGradient.data],
    });
  }
  const stacks = [...new Set(places.map(({ stack }) => stack))];
  return {
    initial: stacks.map((stack) => {
      const isOwn = (_: number, i: number) => places[i]!.stack === stack;
      const own = draws.map(({ rms, activation, weights }) => ({
        rms: rms.filter(isOwn),
        activation: activation.filter(isOwn),
        weights: weights.filter(isOwn),
      }));
      const layers = places.filter((place) => place.stack === stack).length - 1;
      return { stack, layers, draws: own };
    }),
  };
});
