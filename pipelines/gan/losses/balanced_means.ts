/**
 * Balanced trainings with both losses, averaged over seeds.
 * @module
 */
import type { GeneratorLoss } from "../../../models/adversarial/adversarial_losses.ts";
import {
  type MeanAndError,
  meanAndError,
} from "../../statistics/mean_and_error.ts";
import type { BalancedRun } from "./loss_study.ts";

/** One measurement after the same time, over seeds. */
export interface BalancedPoint extends MeanAndError {
  /** Epochs so far. */
  readonly epoch: number;
}

/**
 * Averages a measurement of all trainings with one loss.
 *
 * @param runs The trainings.
 * @param loss The loss of those that count.
 * @param name Of the measurement, such as `samples/frechetDistance`.
 * @returns A mean for each time of the record, with the error of the mean over seeds.
 */
export function balancedMeans(
  runs: readonly BalancedRun[],
  loss: GeneratorLoss,
  name: string,
): readonly BalancedPoint[] {
  const own = runs.filter((run) => run.loss === loss).map(({ training }) =>
    training.history.flatMap(({ epoch, values }) => {
      const value = values[name];
      return value === undefined ? [] : [{ epoch, value }];
    })
  );
  const [first = []] = own;
  return first.map(({ epoch }, i) => ({
    epoch,
    ...meanAndError(own.map((points) => points[i]!.value)), // all are recorded at the same times
  }));
}
