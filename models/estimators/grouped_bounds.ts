/**
 * Bounds of groups of importance samples, in double precision.
 * @module
 */
import { RunningLogMeanExp } from "../objectives/running_log_mean_exp.ts";

/**
 * The log mean weight of each disjoint group of samples: estimates of log p(x) from so many samples each.
 *
 * Their mean over groups is the importance weighted bound of k = size. Source: Burda et al. 2016, eq. 8.
 *
 * @param logWeights Nats, row by row, [sample, item].
 * @param items Items side by side.
 * @param size Samples of a group; those left over at the end are not used.
 * @returns Nats, [group, item], row by row.
 * @throws {RangeError} If there are fewer samples than a group has.
 */
export function groupedBounds(
  logWeights: Float32Array,
  items: number,
  size: number,
): Float64Array {
  const groups = Math.floor(logWeights.length / items / size);
  if (groups < 1) {
    throw new RangeError(
      `Expected at least ${size} samples but found ${
        logWeights.length / items
      }`,
    );
  }
  const bounds = new Float64Array(groups * items);
  for (let group = 0; group < groups; group++) {
    const from = group * size * items;
    const weights = new RunningLogMeanExp(items);
    weights.add(logWeights.subarray(from, from + size * items));
    bounds.set(weights.logMeanExp(), group * items);
  }
  return bounds;
}
