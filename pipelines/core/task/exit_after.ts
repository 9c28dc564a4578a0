/**
 * From the end of a command to the exit code of its process.
 * @module
 */
import process from "node:process";
import { printAside } from "../run/terminal.ts";
import { UsageError } from "./usage_error.ts";

/**
 * Does a command's work and ends the process: with 1 after an error, with 2 after wrong usage.
 *
 * @param name The command, as in `deno task NAME`.
 * @param work Returns the exit code; its errors are told in one line.
 * @returns Never.
 */
export async function exitAfter(
  name: string,
  work: () => Promise<number>,
): Promise<never> {
  try {
    return process.exit(await work());
  } catch (error) {
    printAside(error instanceof Error ? error.message : String(error));
    if (!(error instanceof UsageError)) return process.exit(1);
    printAside(`See deno task ${name} --help`);
    return process.exit(2);
  }
}
