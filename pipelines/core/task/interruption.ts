/**
 * What Ctrl-C does.
 * @module
 */

/** Exit code of a program that was interrupted, as shells expect it. */
export const INTERRUPTED = 130;

/** Listens for Ctrl-C until it is disposed. */
export interface Interruption extends Disposable {
  /** Aborted at the first Ctrl-C. */
  readonly signal: AbortSignal;
}

/**
 * Turns the first SIGINT or SIGTERM into an abort; the second ends the process at once.
 *
 * @param onFirst Is called at the first.
 * @returns The signal to hand to the run.
 */
export function listenForInterruption(onFirst: () => void): Interruption {
  const controller = new AbortController();
  const interrupt = () => {
    if (controller.signal.aborted) Deno.exit(INTERRUPTED);
    controller.abort(new DOMException("Interrupted", "AbortError"));
    onFirst();
  };
  const signals: readonly Deno.Signal[] = Deno.build.os === "windows"
    ? ["SIGINT", "SIGBREAK"]
    : ["SIGINT", "SIGTERM"];
  for (const name of signals) Deno.addSignalListener(name, interrupt);
  return {
    signal: controller.signal,
    [Symbol.dispose]() {
      for (const name of signals) Deno.removeSignalListener(name, interrupt);
    },
  };
}
