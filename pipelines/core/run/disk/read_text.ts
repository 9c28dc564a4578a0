/**
 * Texts on the disk.
 * @module
 */
import fs from "node:fs";
import { codeOf } from "./file_error.ts";

/**
 * Reads a text in UTF-8.
 *
 * @param path The file.
 * @returns Its content; undefined where there is no such file.
 */
export function readIfThere(path: string | URL): string | undefined {
  try {
    return fs.readFileSync(path, "utf8");
  } catch (error) {
    if (codeOf(error) === "ENOENT" || codeOf(error) === "ENOTDIR") {
      return undefined;
    }
    throw error;
  }
}
