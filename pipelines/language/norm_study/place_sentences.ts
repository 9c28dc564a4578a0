/**
 * Sentences on what the place of layer norms does to trained models.
 * @module
 */
import { pairedDifference } from "../../statistics/paired_difference.ts";
import { plusMinus } from "../../words/plus_minus.ts";
import type { TrainedKind } from "./norm_study_entries.ts";

/**
 * Says how far post-norm models end above pre-norm ones of equal depth, seed by seed: equal seeds see the same text in
 * the same order.
 *
 * @param trained Kinds with runs of the same seeds.
 * @returns A sentence for each depth that was trained both ways.
 */
export function placeSentences(
  trained: readonly TrainedKind[],
): readonly string[] {
  const losses = ({ runs }: TrainedKind) =>
    runs.map(({ testLoss }) => testLoss);
  return trained.filter(({ normalization }) => normalization === "pre")
    .flatMap((pre) => {
      const post = trained.find(({ normalization, layers }) =>
        normalization === "post" && layers === pre.layers
      );
      if (post === undefined) return [];
      const difference = pairedDifference(losses(post), losses(pre));
      return [
        `Seed by seed, the test loss of ${post.kind} less that of ${pre.kind} is ${
          plusMinus(difference)
        } nats per character.`,
      ];
    });
}
