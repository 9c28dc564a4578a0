/**
 * The schedule of Burda et al. 2016: stages that grow as the step size falls.
 * @module
 */

/** Stages of the whole schedule. */
export const WHOLE_SCHEDULE = 8;

/** How long a schedule is, and its step sizes. */
export interface StagedSchedule {
  /** Passes over the training images: 1 + 3 + 9 + ... */
  readonly epochs: number;
  /** The step size of an epoch, 0 for the first. */
  readonly learningRate: (epoch: number) => number;
}

/**
 * Stage i = 0, 1, ... lasts 3^i epochs with step size 1e-3 * 10^(-i/7).
 *
 * Source: Burda et al. 2016, section 5.1, where i runs to 7.
 *
 * @param stages How many stages; 8 for the whole schedule of 3,280 epochs.
 * @param length Epochs of the first stage, by which all are stretched; 1 in the paper.
 * @returns The schedule, in whole epochs altogether.
 * @throws {RangeError} If there is no stage, or more than 8, or the length is not positive.
 */
export function stagedSchedule(stages: number, length = 1): StagedSchedule {
  if (!Number.isInteger(stages) || stages < 1 || stages > WHOLE_SCHEDULE) {
    throw new RangeError(
      `Expected 1 to ${WHOLE_SCHEDULE} stages but found ${stages}`,
    );
  }
  if (!(length > 0)) {
    throw new RangeError(`Expected a length above 0 but found ${length}`);
  }
  return {
    epochs: Math.max(1, Math.round(length * epochsBefore(stages))),
    learningRate: (epoch) => {
      let i = 0;
      while (i < stages - 1 && length * epochsBefore(i + 1) <= epoch) i++;
      return 1e-3 * 10 ** (-i / 7);
    },
  };
}

/** 3^0 + ... + 3^(stage - 1) */
function epochsBefore(stage: number): number {
  return (3 ** stage - 1) / 2;
}
