/**
 * Other programs, started and waited for.
 * @module
 */
import fs from "node:fs";
import { deno } from "../runtime.ts";

/** A program with its arguments; no shell reads them. */
export interface Program {
  /** The file, or a name to look for in `PATH`. */
  readonly command: string;
  /** The arguments. */
  readonly args: readonly string[];
}

/** How a program ended, and what it said. */
export interface ProgramOutput {
  /** Exit code; 128 and the signal's number where a signal has ended it. */
  readonly code: number;
  /** The standard output. */
  readonly stdout: string;
  /** The standard error stream. */
  readonly stderr: string;
}

/**
 * Runs a program to its end.
 *
 * @param program The program.
 * @returns How it ended, with what it said.
 * @throws {Error} If there is no such program.
 */
export async function outputOf(program: Program): Promise<ProgramOutput> {
  const { code, stdout, stderr } = await commandOf(program).output();
  const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
  return { code, stdout: text(stdout), stderr: text(stderr) };
}

/**
 * Runs a program to its end, and appends what it says to a file.
 *
 * The program is in a process group of its own: Ctrl-C reaches it through `signal` alone, and so once.
 *
 * @param program The program.
 * @param log The file, made where missing.
 * @param signal Sends SIGTERM to the program when it is aborted.
 * @returns The exit code.
 */
export async function runLogged(
  program: Program,
  log: string,
  signal: AbortSignal,
): Promise<number> {
  signal.throwIfAborted();
  const file = fs.openSync(log, "a");
  try {
    const child = commandOf(program).spawn();
    const stop = () => {
      try {
        child.kill("SIGTERM");
      } catch {
        // it has ended
      }
    };
    signal.addEventListener("abort", stop, { once: true });
    const append = async (stream: ReadableStream<Uint8Array>) => {
      for await (const bytes of stream) fs.writeSync(file, bytes);
    };
    await Promise.all([append(child.stdout), append(child.stderr)]);
    const { code } = await child.status;
    signal.removeEventListener("abort", stop);
    return code;
  } finally {
    fs.closeSync(file);
  }
}

function commandOf({ command, args }: Program): Deno.Command {
  if (deno === undefined) {
    throw new Error("Expected Deno: other runtimes start no programs");
  }
  return new deno.Command(command, {
    args: [...args],
    stdin: "null",
    stdout: "piped",
    stderr: "piped",
    detached: true,
  });
}
