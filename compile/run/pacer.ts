/** How long a call may keep the event loop waiting, in ms. */
const LONGEST_WAIT = 100;

/** Cuts long calls into parts, so that the event loop gets its turn between them. */
export class Pacer {
  #millisecondsPerStep = Infinity;

  /** How many of the remaining steps to run at once: one at first, to see how long it takes. */
  stepsAtOnce(remaining: number): number {
    const affordable = Math.floor(LONGEST_WAIT / this.#millisecondsPerStep);
    return Math.min(remaining, Math.max(1, affordable));
  }

  /** Runs steps and learns how long they take. */
  async time(steps: number, run: () => Promise<void>): Promise<void> {
    const start = performance.now();
    await run();
    this.#millisecondsPerStep = (performance.now() - start) / steps;
  }
}
