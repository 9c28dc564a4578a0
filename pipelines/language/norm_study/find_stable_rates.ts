/**
 * The stage that finds the largest learning rate with which a model still learns.
 * @module
 */
import type { RunContext } from "../../core/context.ts";
import { fold, split } from "../../core/random/key.ts";
import { type Stage, stage } from "../../core/stage.ts";
import type { OwnedSequenceModel } from "../../text/sequence_model.ts";
import type { RateSearch, StableRate } from "./norm_study_entries.ts";
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
  /** Updates of each patient attempt, where no shorter one learns. */
  readonly patientSteps: number;
  /** Updates of its warm-up. */
  readonly patientWarmUp: number;
}

/** Settings of `StabilitySizes`, with their defaults and rules. */
export const stabilitySizes: Flags<StabilitySizes> = {
  stabilitySteps: count(120, "weight updates of an attempt at a step size", {
    smoke: 20,
  }),
  stabilityWarmUp: count(
    40,
    "warm-up updates within stability-steps, in the attempts that have one",
    {
      smoke: 10,
    },
  ),
  stabilitySeeds: count(2, "draws of the weights that must learn", {
    smoke: 1,
  }),
  patientSteps: count(
    2000,
    "weight updates of an attempt, where no shorter one learns",
    { smoke: 30 },
  ),
  patientWarmUp: count(500, "warm-up updates within patient-steps", {
    smoke: 10,
  }),
};

/** What to try, as a run's config gives it. */
export type StabilityRequest =
  & StabilitySizes
  & OptimizerChoice
  & Pick<LanguageTraining, "batch">;

/** What learns, and from what. */
export interface ModelAndText {
  /** A model, whose weights are drawn anew for each attempt. */
  readonly model: OwnedSequenceModel;
  /** The text. */
  readonly text: CharacterText;
}

/** Rates that are tried, from the largest on: 0.512 to 0.0005. */
const rates = halvings(0.512, 11);

/** Rates that are tried with patience: 0.002 to 0.00003. */
const patientRates = halvings(0.002, 7);

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
 * Rates are tried from the largest on. Where none is found, smaller ones are tried with many more updates and a long
 * warm-up: at most seven, so that the search ends. What was found is kept as a checkpoint; the model is not used further.
 */
export const findStableRates: Stage<
  Partial<StabilityRequest> & ModelAndText,
  { readonly stableRates: readonly StableRate[] }
> = stage("stability", {
  needs: ["model", "text"],
  settings: {
    ...stabilitySizes,
    ...optimizerChoice,
    ...only(languageTraining, "batch"),
  },
  cached: true,
  adds: { stableRates: "largest stable learning rate, by search" },
}, async (config, context) => {
  const { checkpoints, path } = context;
  const kept = (await checkpoints.restore(path))?.state;
  if (kept !== undefined) {
    return { stableRates: kept as unknown as readonly StableRate[] }; // as it was saved below
  }
  const stableRates = await searchAll(config, context);
  const state = stableRates.map((one) => ({ ...one }));
  await checkpoints.save(path, { step: state.length, tensors: {}, state });
  return { stableRates };
});

async function searchAll(
  config: StabilityRequest & ModelAndText,
  context: RunContext,
): Promise<readonly StableRate[]> {
  using attempts = await attemptsAt(config, context);
  const { stabilitySteps: steps, stabilityWarmUp: warmUp } = config;
  const short = [
    await search("cold", attempts, { steps, warmUp: 0 }, rates),
    await search("warmUp", attempts, { steps, warmUp }, rates),
  ];
  if (short.some(({ stable }) => stable > 0)) return short;
  const length = { steps: config.patientSteps, warmUp: config.patientWarmUp };
  const patient = await search("patient", attempts, length, patientRates);
  return [...short, patient];
}

/** How long an attempt is. */
interface AttemptLength {
  readonly steps: number;
  readonly warmUp: number;
}

interface Attempts extends Disposable {
  /** What the last updates cost, in nats per character; nothing where the model does not learn. */
  readonly lossAt: (
    rate: number,
    length: AttemptLength,
  ) => Promise<number | undefined>;
}

async function search(
  name: RateSearch,
  attempts: Attempts,
  length: AttemptLength,
  rates: readonly number[],
): Promise<StableRate> {
  const range = [rates[0]!, rates.at(-1)!] as const; // there are rates
  let unstable: { readonly unstable?: number } = {};
  for (const rate of rates) {
    const loss = await attempts.lossAt(rate, length);
    if (loss !== undefined) {
      return {
        search: name,
        ...length,
        range,
        stable: rate,
        loss,
        ...unstable,
      };
    }
    unstable = { unstable: rate };
  }
  return { search: name, ...length, range, stable: 0, ...unstable };
}

function halvings(largest: number, count: number): readonly number[] {
  return Array.from({ length: count }, (_, i) => largest / 2 ** i);
}

async function attemptsAt(
  { model, text, batch, stabilitySeeds, ...choice }:
    & StabilityRequest
    & ModelAndText,
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
  const lossFrom = async (
    draw: number,
    learningRate: number,
    { steps, warmUp }: AttemptLength,
  ) => {
    model.redraw(fold(weightKey, draw));
    assignWeights(optimizer.slots, empty);
    const decay = "constant" as const;
    const schedule = { learningRate, warmUp, steps, decay };
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
      if (![...loss, ...norm].every(Number.isFinite)) return Infinity;
      losses.push(...loss);
    }
    return meanAndError(losses.slice(-LAST)).mean;
  };
  return {
    lossAt: async (rate, length) => {
      const losses: number[] = [];
      for (let draw = 0; draw < stabilitySeeds; draw++) {
        const loss = await lossFrom(draw, rate, length);
        if (loss >= LEARNED * guessing) return undefined;
        losses.push(loss);
      }
      return meanAndError(losses).mean;
    },
    [Symbol.dispose]: () => kept.dispose(),
  };
}
