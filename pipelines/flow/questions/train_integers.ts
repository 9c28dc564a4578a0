/**
 * The stage that lets a density of whole numbers run away, or not.
 * @module
 */
import { createVectorFlow } from "../../../models/flows/vector_flow.ts";
import type { Point } from "../../charts/thin_points.ts";
import { historyPoints } from "../../charts/history_points.ts";
import { type Key, split } from "../../core/random/key.ts";
import { uniform } from "../../core/random/uniform.ts";
import { type Stage, stage } from "../../core/stage.ts";
import { bitsPerDim } from "../../images/bits_per_dim.ts";
import { meanAndError } from "../../statistics/mean_and_error.ts";
import { sampleParameter } from "../../training/sample_parameter.ts";
import { fitVectorFlow } from "../fit_vector_flow.ts";
import type { FlowTraining } from "../flow_settings.ts";
import { rowMap } from "../row_map.ts";
import { integerTraining } from "./question_settings.ts";

/** What is added to whole numbers. */
export type Added = "noise" | "nothing";

/** How the bits of whole numbers went. */
export interface IntegerCase {
  /** What was added. */
  readonly added: Added;
  /** -log2 of the density, over the weight updates; with noise a bound of -log2 P. */
  readonly history: readonly Point[];
  /** The last of it. */
  readonly bitsPerDim: number;
}

/** Entropy of the pairs in bits for each of their two numbers: log2 4 and log2 2, halved. */
export const PAIR_BITS = 1.5;

/** Pairs of each validation. */
const VALIDATION = 8000;

/** Learns pairs of whole numbers of known entropy, with uniform noise or as they are. */
export const trainIntegers: Stage<
  Partial<FlowTraining> & { readonly added: Added },
  { readonly integerCase: IntegerCase }
> = stage("train", {
  needs: ["added"],
  settings: integerTraining,
  cached: true,
  adds: { integerCase: "bits per number over training" },
}, async ({ added, ...config }, context) => {
  const [weightKey, key, validationKey] = split(context.key, 3);
  const sample = (key: Key, count: number) => pairs(key, count, added);
  using flow = createVectorFlow(
    { size: 2, couplings: 6, hidden: [32, 32] },
    sampleParameter(weightKey),
  );
  using density = await rowMap(2, flow.logProb, context);
  const held = sample(validationKey, VALIDATION);
  const { history } = await fitVectorFlow({
    ...config,
    flow,
    size: 2,
    sample,
    key,
    record: (logProb) => ({ "train/bitsPerDim": bitsPerDim(logProb, 2) }),
    validate: async () => {
      const { mean } = meanAndError(await density.run(held));
      return { "validation/bitsPerDim": bitsPerDim(mean, 2) };
    },
  }, context);
  const points = historyPoints(history, "validation/bitsPerDim");
  return {
    integerCase: { added, history: points, bitsPerDim: points.at(-1)!.y }, // validated at the end
  };
});

/**
 * Pairs of whole numbers [count, 2]: the first from 0 to 3, the second the same or one more, all equally likely.
 *
 * @param key Decides them.
 * @param count How many.
 * @param added Uniform noise from 0 to 1, or nothing.
 */
export function pairs(
  key: Key,
  count: number,
  added: Added,
): Float32Array<ArrayBuffer> {
  const [choiceKey, noiseKey] = split(key, 2);
  const choices = uniform(choiceKey, 2 * count);
  const noise = uniform(noiseKey, 2 * count);
  return choices.map((choice, i) => {
    const first = Math.floor(4 * choices[i - i % 2]!); // of the same pair
    const whole = i % 2 === 0 ? first : first + Math.floor(2 * choice);
    return added === "noise" ? whole + noise[i]! : whole; // as many
  });
}
