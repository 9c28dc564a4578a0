/**
 * Records of a training as points of a line.
 * @module
 */
import type { MetricRecord } from "../core/context.ts";
import type { Point } from "./thin_points.ts";

/**
 * Picks one measurement out of a training's records.
 *
 * @param history The records, in order.
 * @param name Such as `validation/kl`; records without it are passed over.
 * @param along What stands across.
 * @returns The points, in order.
 */
export function historyPoints(
  history: readonly MetricRecord[],
  name: string,
  along: "step" | "epoch" = "step",
): Point[] {
  return history.flatMap(({ values, ...place }) => {
    const y = values[name];
    return y === undefined ? [] : [{ x: place[along], y }];
  });
}
