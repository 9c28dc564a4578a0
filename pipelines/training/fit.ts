/**
 * The loop of every training: updates, validations, checkpoints, early stopping.
 * @module
 */
import { checkChoice } from "../../compile/check_choice.ts";
import type { Variables } from "../../models/parameters/parameters.ts";
import type { RunContext } from "../core/context.ts";
import type { Training } from "./training.ts";
import { assignWeights, readWeights } from "./weights.ts";
import { leaveWeights } from "./leave_weights.ts";
import { type Progression, restore, save } from "./progression.ts";

/** Measurements by name. */
export type Values = Readonly<Record<string, number>>;

/** What a training tells while it runs; what a hook changes outside of the variables does not change the numbers. */
export interface Hooks {
  /** Is called after the updates of each record, with their means. */
  readonly onStep?: (step: number, values: Values) => void | Promise<void>;
  /** Is called after each validation, with the newest values in the variables. */
  readonly onValidation?: (
    step: number,
    values: Values,
  ) => void | Promise<void>;
}

/** A training, described by what the loop calls. */
export interface Fit {
  /** Weight updates to do. */
  readonly steps: number;
  /** Weight updates in an epoch. */
  readonly stepsPerEpoch: number;
  /** Weight updates averaged in one record: the most that `update` does at once. */
  readonly recordEvery: number;
  /** Items (images, characters) of one weight update, and their name, for progress. */
  readonly items: { readonly perStep: number; readonly unit: string };
  /** The model's variables: kept in snapshots, and restored to their best at the end. */
  readonly weights: Variables;
  /** The optimizer's variables: kept in checkpoints. */
  readonly slots: Variables;
  /** Brings the newest values into the variables. */
  readonly sync: () => Promise<void>;
  /** Does the updates `step`, ..., `step + count - 1`, by `step` and the variables alone, all of them where it is aborted. */
  readonly update: (step: number, count: number) => Promise<Values>;
  /** Weight updates between two validations. */
  readonly validateEvery: number;
  /** Measures on the validation data. */
  readonly validate: () => Promise<Values>;
  /** The validation value to choose the weights by; the last weights are kept unless given. */
  readonly best?: string;
  /** Which of its values is best: the highest unless given. */
  readonly bestIs?: "highest" | "lowest";
  /** The values to show while training: all unless given. */
  readonly shown?: readonly string[];
  /** Validations without a better value before training stops; 0 never stops early. */
  readonly patience: number;
  /** Weight updates after which the weights are kept. */
  readonly snapshotSteps: readonly number[];
  /** What a reader of the finished weights needs to know, such as the size of an image. */
  readonly told?: Readonly<Record<string, string>>;
  /** What it tells while it runs. */
  readonly hooks?: Hooks;
}

/**
 * Trains until the steps are done or the validation value stops improving, and restores the best weights.
 *
 * @param fit The training.
 * @param context Of the stage that trains.
 * @returns How it went; the variables hold the weights of the best validation.
 * @throws {RangeError} If a measurement is not finite, naming it and the step.
 */
export async function train(fit: Fit, context: RunContext): Promise<Training> {
  checkChoice("bestIs", fit.bestIs ?? "highest", ["highest", "lowest"]);
  const now = await restore(fit, context) ?? await begin(fit, context);
  let saved = performance.now();
  while (now.isDue || now.step < fit.steps && !isExhausted(now, fit)) {
    await stopWhereAborted(now, fit, context);
    const { isDue } = now;
    if (isDue) await validateOrStop(now, fit, context);
    else await advance(now, fit, context);
    if (!now.isDue) await snapshot(now, fit);
    const minutes = (performance.now() - saved) / 60_000;
    if (isDue || minutes > context.checkpoints.everyMinutes) {
      await save(now, fit, context);
      saved = performance.now();
    }
  }
  if (fit.best === undefined) await fit.sync();
  else assignWeights(fit.weights, now.bestWeights);
  await leaveWeights(fit, context);
  return {
    history: now.history,
    snapshots: now.snapshots,
    steps: now.step,
    bestStep: now.best?.step ?? now.step,
  };
}

/** Does the updates up to the next stop. */
async function advance(
  now: Progression,
  fit: Fit,
  context: RunContext,
): Promise<void> {
  const count = nextStop(now.step, fit) - now.step;
  const values = await fit.update(now.step, count);
  now.step += count;
  now.values = values;
  record(values, now, fit, context);
  report(count, now, fit, context);
  await fit.hooks?.onStep?.(now.step, values);
  now.isDue = now.step % fit.validateEvery === 0 || now.step === fit.steps;
}

/** Keeps the state of an aborted run, so that it goes on from this very step. */
async function stopWhereAborted(
  now: Progression,
  fit: Fit,
  context: RunContext,
): Promise<void> {
  if (!context.signal.aborted) return;
  await save(now, fit, context);
  context.signal.throwIfAborted();
}

/** Does the validation that is due; where it is aborted, it is still due. */
async function validateOrStop(
  now: Progression,
  fit: Fit,
  context: RunContext,
): Promise<void> {
  try {
    await validate(now, fit, context);
  } catch (error) {
    await stopWhereAborted(now, fit, context);
    throw error;
  }
  now.isDue = false;
}

/** The weight update before which something besides updates is due. */
function nextStop(step: number, fit: Fit): number {
  const multiple = (every: number) => (Math.floor(step / every) + 1) * every;
  return Math.min(
    fit.steps,
    multiple(fit.recordEvery),
    multiple(fit.validateEvery),
    ...fit.snapshotSteps.filter((at) => at > step),
  );
}

async function begin(fit: Fit, context: RunContext): Promise<Progression> {
  const now: Progression = {
    step: 0,
    best: undefined,
    bestWeights: {},
    waited: 0,
    isDue: false,
    history: [],
    snapshots: [],
  };
  await validate(now, fit, context);
  await snapshot(now, fit);
  return now;
}

async function validate(
  now: Progression,
  fit: Fit,
  context: RunContext,
): Promise<void> {
  const values = await fit.validate();
  record(values, now, fit, context);
  if (fit.hooks?.onValidation) {
    await fit.sync();
    await fit.hooks.onValidation(now.step, values);
  }
  if (fit.best === undefined) return;
  const value = values[fit.best];
  if (value === undefined) {
    throw new TypeError(`Expected validation to measure "${fit.best}"`);
  }
  if (!isBetter(value, now, fit)) return void now.waited++;
  now.best = { step: now.step, value };
  now.waited = 0;
  await fit.sync();
  now.bestWeights = await readWeights(fit.weights);
  report(0, now, fit, context); // the line of this step shows its best, not the one before
}

function isBetter(value: number, { best }: Progression, fit: Fit): boolean {
  if (best === undefined) return true;
  return fit.bestIs === "lowest" ? value < best.value : value > best.value;
}

function isExhausted(now: Progression, { patience }: Fit): boolean {
  return patience > 0 && now.waited >= patience;
}

async function snapshot(now: Progression, fit: Fit): Promise<void> {
  if (!fit.snapshotSteps.includes(now.step)) return;
  await fit.sync();
  now.snapshots.push({
    step: now.step,
    epoch: now.step / fit.stepsPerEpoch,
    weights: await readWeights(fit.weights),
  });
}

function record(
  values: Values,
  now: Progression,
  fit: Fit,
  context: RunContext,
): void {
  for (const [name, value] of Object.entries(values)) {
    if (Number.isFinite(value)) continue;
    throw new RangeError(
      `Expected a finite ${name} but found ${value} at step ${now.step}`,
    );
  }
  const { step } = now;
  const line = { step, epoch: step / fit.stepsPerEpoch, values };
  now.history.push(line);
  context.metrics.record(line);
}

function report(
  count: number,
  now: Progression,
  fit: Fit,
  context: RunContext,
): void {
  if (now.values === undefined) return;
  const shown = Object.entries(now.values)
    .filter(([name]) => fit.shown?.includes(name) ?? true)
    .map(([name, value]) => [name.replace(/^train\//, ""), value] as const);
  const best = now.best ? { [`best ${fit.best!}`]: now.best.value } : {};
  context.progress.update({
    step: now.step,
    steps: fit.steps,
    items: count * fit.items.perStep,
    unit: fit.items.unit,
    epochs: [now.step / fit.stepsPerEpoch, fit.steps / fit.stepsPerEpoch],
    values: { ...Object.fromEntries(shown), ...best },
  });
}
