/**
 * A graph whose calls are computed side by side, each by one thread.
 * @module
 */
import type {
  NativeRuntime,
  NativeSession,
  NativeTensors,
} from "./native/runtime.ts";

/** Runs at most so many calls of a graph at once; those beyond wait, and begin in the order in which they came. */
export class SideBySideSession implements Disposable {
  /** Threads never wait for each other. */
  readonly waiting = undefined;
  readonly #session: NativeSession;
  readonly #waiting: (() => void)[] = [];
  #free: number;

  private constructor(session: NativeSession, threads: number) {
    this.#session = session;
    this.#free = threads;
  }

  /** Prepares a graph, in the bytes of an ONNX file, for so many calls at once. */
  static async open(
    this: void,
    runtime: NativeRuntime,
    model: Uint8Array,
    threads: number,
  ): Promise<SideBySideSession> {
    return new SideBySideSession(await runtime.session(model, 1), threads);
  }

  /**
   * Computes some steps.
   *
   * @throws {Error} If ONNX Runtime cannot, in its words.
   */
  async run(feeds: NativeTensors, fetches: NativeTensors): Promise<void> {
    if (this.#free > 0) this.#free--;
    else await new Promise<void>((resolve) => void this.#waiting.push(resolve));
    try {
      await this.#session.runAside(feeds, fetches);
    } finally {
      const next = this.#waiting.shift();
      if (next) next(); // its place goes on
      else this.#free++;
    }
  }

  [Symbol.dispose](): void {
    this.#session[Symbol.dispose]();
  }
}
