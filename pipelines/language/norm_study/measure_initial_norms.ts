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

/** Draws all weights several times, and measures norms on a batch of text each time. */
export const measureInitialNorms: Stage<
  {
    readonly model: OwnedSequenceModel;
    readonly text: CharacterText;
    readonly batch: number;
    readonly initialSeeds: number;
  },
  { readonly initial: readonly InitialNorms[] }
> = stage("initial-norms", {
  needs: ["model", "text", "batch", "initialSeeds"],
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
