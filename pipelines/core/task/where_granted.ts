/**
 * Folders that a task may not write.
 * @module
 */
import { dirname, resolve } from "node:path";
import { isNotGranted } from "../run/disk/file_error.ts";

/**
 * Makes a folder, or says exactly what to type where it may not be written.
 *
 * @param folder The folder.
 * @param typed What was typed after `deno task`.
 * @param create Makes the folder.
 * @returns What `create` returns.
 * @throws {Error} If writing there is not granted, with the command that grants it.
 */
export function whereGranted<T>(
  folder: string,
  typed: readonly string[],
  create: () => T,
): T {
  try {
    return create();
  } catch (error) {
    if (!isNotGranted(error)) throw error;
    const path = resolve(folder);
    throw new Error(
      `Not allowed to write ${path}; to allow its folder: LOWERBOUND_RUNS=${
        quote(dirname(path))
      } deno task ${typed.map(quote).join(" ")}`,
    );
  }
}

/** Quotes a text so that a shell reads it back as one word. */
export function quote(text: string): string {
  if (/^[\w./:,=+-]+$/.test(text)) return text;
  return `'${text.replaceAll("'", "'\\''")}'`;
}
