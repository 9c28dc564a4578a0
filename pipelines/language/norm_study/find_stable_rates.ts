/**
 * The stage that finds the largest learning rate with which a model still learns.
 * @module
 */
import type { RunContext } from "../../core/context.ts";
import { fold, split } from "../../core/random/key.ts";
import { type Stage, stage } from "../../core/stage.ts";
import type { OwnedSequenceModel } from "../../text/sequence_model.ts";
import type { StableRate } from "./norm_study_entries.ts";
import type { CharacterText } from "../../text/text_entries.ts";
import { assignWeights, readWeights } from "../../training/weights.ts";
import { frequencyEntropy } from "../../text/frequency_entropy.ts";
import { meanAndError } from "../../statistics/mean_and_error.ts";
import { textBatches } from "../../text/text_batches.ts";
import {
  chooseOptimizer,
  type OptimizerChoice,
  optimizerChoice,
} from "../../training/choose_optimizer.ts";
import { learningRateAt } from "../../training/learning_rate.ts";
import { sequenceStep } from "../sequence_step.ts";
import { count } from "../../core/task/fields.ts";
import { type Flags, only } from "../../core/task/flags.ts";
import {
  type LanguageTraining,
  languageTraining,
} from "../train_language_model.ts";

/** How long to try each learning rate. */
export interface StabilitySizes {
  /** Updates of each attempt. */
  readonly stabilitySteps: number;
  /** Updates of the warm-up, where there is one. */
  readonly stabilityWarmUp: number;
  /** Draws of all weights that must learn at a rate for it to be stable. */
  readonly stabilitySeeds: number;
}

/** Settings of `StabilitySizes`, with their defaults and rules. */
export const stabilitySizes: Flags<StabilitySizes> = {
  stabilitySteps: count(120, "weight updates of an attempt at a step size", {
    smoke: 20,
  }),
  stabilityWarmUp: count(40, "of which warm-up, where there is one", {
    smoke: 10,
  }),
  stabilitySeeds: count(2, "draws of the weights that must learn", {
    smoke: 1,
  }),
};

/** What to try, as a run's config gives it. */
export type StabilityRequest =
  & StabilitySizes
  & OptimizerChoice
  & Pick<LanguageTraining, "batch">;

/** Rates that are tried, from the largest on: each is half the one before. */
const rates: readonly number[] = Array.from(
  { length: 11 },
  (_, i) => 0.512 / 2 ** i,
);

/** Updates done by one call. */
const CALL = 10;

/** The last updates, whose mean loss tells whether a model has learned. */
const LAST = 20;

/** What is left, when a model has learned, of the loss of guessing by frequency. */
const LEARNED = 0.8;

/**
 * Finds the largest learning rate with which a model learns, without and with a warm-up.
 *
 * A model has learned if no loss or gradient overflows and the loss ends 20 % below that of guessing by frequency.
 * Rates are tried from the largest on.
 */
export const findStableRates: Stage<
  Partial<StabilityRequest> & {
    readonly model: OwnedSequenceModel;
    readonly text: CharacterText;
  },
  { readonly stableRates: readonly StableRate[] }
> = stage("stability", {
  needs: ["model", "text"],
  settings: {
    ...stabilitySizes,
    ...optimizerChoice,
    ...only(languageTraining, "batch"),
  },
  adds: { stableRates: "largest stable learning rate, by warm-up" },
}, async (config, context) => {
  using attempt = await attempts(config, context);
  const stableRates: StableRate[] = [];
  for (const warmUp of [0, config.stabilityWarmUp]) {
    let tried = 0;
    while (
      tried < rates.length && !await attempt.learns(rates[tried]!, warmUp)
    ) tried++;
    const next = rates[tried - 1];
    stableRates.push({
      warmUp,
      stable: rates[tried] ?? 0,
      ...next === undefined ? {} : { unstable: next },
    });
  }
  return { stableRates };
});

interface Attempts extends Disposable {
  readonly learns: (rate: number, warmUp: number) => Promise<boolean>;
}

async function attempts(
  { model, text, batch, stabilitySteps: steps, stabilitySeeds, ...choice }:
    & StabilityRequest
    & { readonly model: OwnedSequenceModel; readonly text: CharacterText },
  context: RunContext,
): Promise<Attempts> {
  const [weightKey, textKey] = split(context.key, 2);
  const batches = textBatches(text.train, { ...model, batch }, textKey);
  const guessing = frequencyEntropy(text.train, text.vocabulary.length);
  using stack = new DisposableStack();
  const optimizer = stack.use(chooseOptimizer(model.variables, choice));
  const empty = await readWeights(optimizer.slots);
  const options = { batch, clip: 0, stepsPerCall: CALL };
  const step = stack.use(
    await sequenceStep(model, optimizer, options, context),
  );
  const kept = stack.move();
  const learnsFrom = async (draw: number, rate: number, warmUp: number) => {
    model.redraw(fold(weightKey, draw));
    assignWeights(optimizer.slots, empty);
    const schedule = {
      learningRate: rate,
      warmUp,
      steps,
      decay: "constant",
    } as const;
    const losses: number[] = [];
    for (let first = 0; first < steps; first += CALL) {
      context.signal.throwIfAborted();
      const count = Math.min(CALL, steps - first);
      const { loss, norm } = await step.run(
        batches.at(first, count),
        Float32Array.from(
          { length: count },
          (_, i) => learningRateAt(first + i, schedule),
        ),
      );
      if (![...loss, ...norm].every(Number.isFinite)) return false;
      losses.push(...loss);
    }
    return meanAndError(losses.slice(-LAST)).mean < LEARNED * guessing;
  };
  return {
    learns: async (rate, warmUp) => {
      for (let draw = 0; draw < stabilitySeeds; draw++) {
        if (!await learnsFrom(draw, rate, warmUp)) return false;
      }
      return true;
    },
    [Symbol.dispose]: () => kept.dispose(),
  };
}
