/**
 * Updates that are compiled for each size of a batch, when it first comes.
 * @module
 */

/** A compiled update. */
interface SizedStep extends Disposable {
  /** Brings all variables up to date. */
  readonly sync: () => Promise<void>;
}

/**
 * Updates of one model, one for each size.
 *
 * @typeParam Step The compiled update.
 */
export interface StepsBySize<Step> extends Disposable {
  /** The update of a size, compiled where it is the first of that size. */
  readonly of: (size: number) => Promise<Step>;
  /** Brings the variables up to date; one update brings all. */
  readonly sync: () => Promise<void>;
}

/**
 * Keeps a compiled update for each size.
 *
 * @param compile Compiles the update of a size.
 * @returns The updates; dispose them after use.
 */
export function stepsBySize<Step extends SizedStep>(
  compile: (size: number) => Promise<Step>,
): StepsBySize<Step> {
  const compiled = new Map<number, Step>();
  return {
    of: async (size) => {
      const step = compiled.get(size) ?? await compile(size);
      compiled.set(size, step);
      return step;
    },
    sync: async () => {
      for (const step of compiled.values()) return await step.sync();
    },
    [Symbol.dispose]: () => compiled.forEach((step) => step[Symbol.dispose]()),
  };
}
