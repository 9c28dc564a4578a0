/**
 * Folders that a task may not write.
 * @module
 */
import { dirname, relative, resolve } from "node:path";
import { quote } from "../process/quote.ts";
import { isNotGranted } from "../run/disk/file_error.ts";
import { runsFolder } from "../run/new_record.ts";

/**
 * Writes a command about a folder, with the name of the folder of runs where only that lets it be written.
 *
 * @param folder The folder.
 * @param typed What to type after `deno task`.
 * @returns The command, for a shell in the same working folder.
 */
export function commandFor(folder: string, typed: readonly string[]): string {
  const place = runsFolder();
  const isInside = (outer: string) =>
    !/^\.\.([/\\]|$)/.test(relative(outer, folder));
  const grant = !isInside("runs") && isInside(place)
    ? `LOWERBOUND_RUNS=${quote(place)} `
    : "";
  return `${grant}deno task ${typed.map(quote).join(" ")}`;
}

/**
 * Writes into a folder, or says exactly what to type where it may not be written.
 *
 * @param folder The folder.
 * @param typed What was typed after `deno task`, where it is known.
 * @param write Writes.
 * @returns What `write` returns.
 * @throws {Error} If writing there is not granted, with the command that grants it.
 */
export async function whereGranted<T>(
  folder: string,
  typed: readonly string[] | undefined,
  write: () => T | Promise<T>,
): Promise<T> {
  try {
    return await write();
  } catch (error) {
    if (!isNotGranted(error)) throw error;
    const path = resolve(folder);
    const grant = `LOWERBOUND_RUNS=${quote(dirname(path))}`;
    throw new Error(
      `Not allowed to write ${path}; to allow its folder${
        typed === undefined
          ? `, type ${grant} before the command`
          : `: ${grant} deno task ${typed.map(quote).join(" ")}`
      }`,
    );
  }
}
