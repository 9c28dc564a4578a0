/**
 * Balanced trainings with both losses, averaged over seeds.
 * @module
 */
import type { GeneratorLoss } from "../../../models/adversarial/adversarial_losses.ts";
import {
  type MeanAndError,
  meanAndError,
} from "../../statistics/mean_and_error.ts";
import { pairedDifference } from "../../statistics/paired_difference.ts";
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
  const own = pathsOf(runs, loss, name);
  const [first = []] = own;
  return first.map(({ epoch }, i) => ({
    epoch,
    ...meanAndError(own.map((points) => points[i]!.value)), // all are recorded at the same times
  }));
}

/**
 * How far trainings with both losses are apart at their ends, in pairs: equal seeds begin with equal weights and noise.
 *
 * @param runs The trainings, those of a loss in the order of their seeds.
 * @param name Of the measurement.
 * @returns The mean of that with the saturating loss less that without, and its error over seeds.
 */
export function balancedDifference(
  runs: readonly BalancedRun[],
  name: string,
): MeanAndError {
  const [saturating, other] = (["saturating", "non-saturating"] as const)
    .map((loss) =>
      pathsOf(runs, loss, name).flatMap((path) => path.at(-1)?.value ?? [])
    );
  return pairedDifference(saturating!, other!); // two losses
}

/** A measurement of each training with a loss, by time. */
function pathsOf(
  runs: readonly BalancedRun[],
  loss: GeneratorLoss,
  name: string,
) {
  return runs.filter((run) => run.loss === loss).map(({ training }) =>
    training.history.flatMap(({ epoch, values }) => {
      const value = values[name];
      return value === undefined ? [] : [{ epoch, value }];
    })
  );
}
