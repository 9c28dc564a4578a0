/**
 * Refuses what the feature network could not measure, before any training.
 * @module
 */
import { NEIGHBOUR } from "../../statistics/nearest_neighbours.ts";
import type { GreyImages } from "../images.ts";

/** Side of the images that the feature network takes. */
const SIDE = 28;

/** What a check adds: a stage that adds nothing could fail without ending the run. */
export interface Checked {
  /** That what is asked for can be done. */
  readonly isChecked: true;
}

/** What `Checked` adds, in words. */
export const checkedEntry: { readonly isChecked: string } = {
  isChecked: "that what is asked for can be done",
};

/**
 * Refuses images whose features cannot be measured, or test images too few to have neighbours.
 *
 * @param grey The images that samples are to be compared with.
 * @throws {RangeError} If they are not of 28 x 28 pixels, or there are not more than three test images.
 */
export function checkMeasurable({ train, test }: GreyImages): void {
  if (train.rows !== SIDE || train.columns !== SIDE) {
    throw new RangeError(
      `Expected images of ${SIDE} x ${SIDE} pixels, which the feature network takes, but found ${train.rows} x ${train.columns}`,
    );
  }
  if (test.count > NEIGHBOUR) return;
  throw new RangeError(
    `Expected more than ${NEIGHBOUR} test images, by whose neighbours precision and recall are measured, but found ${test.count}`,
  );
}
