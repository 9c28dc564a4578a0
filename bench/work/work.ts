/**
 * What is timed: how one program does some work for a while.
 * @module
 */

/** Work that can be done for as long as wanted. */
export interface Work {
  /** Versions and settings that decide its speed. */
  readonly facts: string;
  /**
   * Works for about as long as asked.
   *
   * @param milliseconds How long.
   * @returns Milliseconds for one unit of the work, such as a step.
   */
  readonly run: (milliseconds: number) => Promise<number>;
}

/**
 * Makes work from a call that is repeated: the first of a turn, in which threads wake and caches fill, is not counted.
 *
 * @param call Does some units of the work.
 * @param units How many.
 */
export function repeated(
  call: () => Promise<unknown>,
  units = 1,
): Work["run"] {
  return async (milliseconds) => {
    await call();
    const start = performance.now();
    let calls = 0;
    let now = start;
    while (calls === 0 || now - start < milliseconds) {
      await call();
      calls++;
      now = performance.now();
    }
    return (now - start) / (calls * units);
  };
}
