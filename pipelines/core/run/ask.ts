/**
 * Questions to the person at the terminal.
 * @module
 */
import process from "node:process";
import { printAside } from "./terminal.ts";
import { readInputLines } from "./standard_input.ts";

/**
 * Asks whether something should be done.
 *
 * @param question The question, without its mark.
 * @returns Whether the answer was `y` or `yes`; undefined where nobody can be asked.
 */
export async function ask(question: string): Promise<boolean | undefined> {
  if (!process.stdin.isTTY) return undefined;
  printAside(`${question}? [y/N]`);
  for await (const line of readInputLines()) {
    return /^y(es)?$/i.test(line.trim());
  }
  return false;
}
