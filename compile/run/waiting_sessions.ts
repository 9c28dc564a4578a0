/**
 * The sessions of a graph, for the ways in which threads can wait for each other.
 * @module
 */
import type {
  NativeRuntime,
  NativeSession,
  NativeTensors,
} from "./native/runtime.ts";
import { WaitChoice, type Waiting } from "./wait_choice.ts";

const taken = new Set<Waiting>();

/** How threads have waited for each other, in all functions since this was asked last: in no, one or both ways. */
export function waitsTaken(): readonly Waiting[] {
  const ways = [...taken];
  taken.clear();
  return ways;
}

/** Runs a graph the way that turns out to be faster; the results have the same bits either way. */
export class WaitingSessions implements Disposable {
  readonly #make: (waiting: Waiting) => Promise<NativeSession>;
  readonly #threads: number;
  readonly #processorTime: () => number;
  readonly #choice = new WaitChoice();
  readonly #sessions = new Map<Waiting, NativeSession>();

  private constructor(
    make: (waiting: Waiting) => Promise<NativeSession>,
    threads: number,
    spinning: NativeSession,
    processorTime: () => number,
  ) {
    this.#processorTime = processorTime;
    this.#make = make;
    this.#threads = threads;
    this.#sessions.set("spinning", spinning);
  }

  /** Prepares a graph, in the bytes of an ONNX file, whose threads spin at first. */
  static async open(
    this: void,
    runtime: NativeRuntime,
    model: Uint8Array,
    threads: number,
  ): Promise<WaitingSessions> {
    const make = (waiting: Waiting) => runtime.session(model, threads, waiting);
    // What it needs of the system is not there in every place that compiles for another device.
    const { processorTime } = await import("./native/processor_time.ts");
    const first = await make("spinning");
    return new WaitingSessions(make, threads, first, processorTime);
  }

  /** How threads wait, outside of trials; nothing where there is one alone. */
  get waiting(): Waiting | undefined {
    return this.#threads > 1 ? this.#choice.chosen : undefined;
  }

  /**
   * Computes some steps.
   *
   * @throws {Error} If ONNX Runtime cannot, in its words.
   */
  async run(
    feeds: NativeTensors,
    fetches: NativeTensors,
    steps: number,
  ): Promise<void> {
    const waiting = this.#choice.next;
    const known = this.#sessions.get(waiting);
    const session = known ?? await this.#make(waiting);
    this.#sessions.set(waiting, session);
    const start = [performance.now(), this.#processorTime()] as const;
    await session.run(feeds, fetches);
    if (this.#threads === 1) return;
    if (!this.#choice.isTrying) taken.add(waiting);
    if (!known) return; // the first run of a session takes longer
    const wall = performance.now() - start[0];
    const processor = (this.#processorTime() - start[1]) / this.#threads;
    this.#choice.note(steps, wall, processor);
    if (!this.#choice.isTrying) this.#release();
  }

  [Symbol.dispose](): void {
    for (const session of this.#sessions.values()) session[Symbol.dispose]();
    this.#sessions.clear();
  }

  /** Frees the memory of the way that is not taken. */
  #release(): void {
    for (const [waiting, session] of this.#sessions) {
      if (waiting === this.#choice.chosen) continue;
      session[Symbol.dispose]();
      this.#sessions.delete(waiting);
    }
  }
}
