/**
 * What stops a run from outside: Ctrl-C, a signal, a time limit.
 * @module
 */
import fs from "node:fs";
import process from "node:process";
import { codeOf } from "../run/disk/file_error.ts";

/** Exit code of a run that SIGUSR1 has stopped, with which a batch system announces the end of its time. */
export const TOLD_OF_LIMIT = 138;

/** Exit codes by signal, as shells expect them: 128 and the signal's number. */
const EXIT_CODES = {
  SIGINT: 130,
  SIGTERM: 143,
  SIGHUP: 129,
  ...process.platform === "win32" ? {} : { SIGUSR1: TOLD_OF_LIMIT },
} as const;

const STDIN = 0;

/** Exit code of a program that its time limit has stopped, as that of `timeout`. */
export const TIMED_OUT = 124;

/** Listens for signals until it is disposed. */
export interface Interruption extends Disposable {
  /** Aborted at the first signal, or when the time is over. */
  readonly signal: AbortSignal;
  /** The exit code of what has stopped the run. */
  readonly exitCode: () => number;
}

/**
 * Turns the first SIGINT, SIGTERM, SIGHUP or SIGUSR1, or the end of the time, into an abort; the next signal ends the
 * process at once. Under `nohup`, SIGHUP stays ignored.
 *
 * @param onFirst Is told the reason at the first.
 * @param minutes The time limit; 0 for none.
 * @returns The signal to hand to the run.
 */
export function listenForInterruption(
  onFirst: (reason: string) => void,
  minutes: number,
): Interruption {
  const controller = new AbortController();
  let exitCode = 1;
  const stop = (reason: string, code: number) => {
    exitCode = code;
    controller.abort(new DOMException(reason, "AbortError"));
    onFirst(reason);
  };
  const isPatient = isUnderNohup();
  const listeners = Object.entries(EXIT_CODES).map(([name, code]) => {
    const listener = () => {
      if (name === "SIGHUP" && isPatient) return; // the runtime itself would end
      if (controller.signal.aborted) process.exit(code);
      stop("Interrupted", code);
    };
    process.on(name, listener);
    return [name, listener] as const;
  });
  const cancel = minutes > 0
    ? after(minutes, () => {
      if (!controller.signal.aborted) {
        stop(`Stopped after ${minutes} min`, TIMED_OUT);
      }
    })
    : () => {};
  return {
    signal: controller.signal,
    exitCode: () => exitCode,
    [Symbol.dispose]() {
      cancel();
      for (const [name, listener] of listeners) process.off(name, listener);
    },
  };
}

/** Calls once the minutes are over, which may be more than a timer counts (2^31 - 1 ms). */
function after(minutes: number, call: () => void): () => void {
  const end = performance.now() + 60_000 * minutes;
  let timer: ReturnType<typeof setTimeout>;
  const wait = () => {
    const left = end - performance.now();
    timer = setTimeout(
      left > 0 ? wait : call,
      Math.min(Math.max(left, 0), 2 ** 31 - 1),
    );
  };
  wait();
  return () => clearTimeout(timer);
}

/** Whether `nohup` has started this process: it lets a terminal's input come from a file that cannot be read. */
function isUnderNohup(): boolean {
  try {
    if (!fs.fstatSync(STDIN).isCharacterDevice() || process.stdin.isTTY) {
      return false; // a pipe or a terminal would wait for input
    }
    fs.readSync(STDIN, new Uint8Array(1), 0, 1, null);
    return false;
  } catch (error) {
    return codeOf(error) === "EBADF";
  }
}
