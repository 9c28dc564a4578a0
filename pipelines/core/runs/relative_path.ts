/**
 * Paths from a page to what lies beside it.
 * @module
 */
import { dirname, relative, resolve, sep } from "node:path";

/**
 * Finds the way from a file to a folder.
 *
 * @param file The file from which the way begins.
 * @param folder The folder.
 * @returns A path with `/` between folders, such as `../a`; `.` for the file's own folder.
 */
export function relativePath(file: string, folder: string): string {
  const path = relative(dirname(resolve(file)), resolve(folder));
  return path.split(sep).join("/") || ".";
}
