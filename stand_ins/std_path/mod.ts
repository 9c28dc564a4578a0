/**
 * Stand-in for `jsr:@std/path`: paths of the system that runs the program, from the copy of
 * Node's `path` that Deno carries.
 * @module
 */

import path from "node:path";

export { fromFileUrl, toFileUrl } from "./file_url.ts";

/** What stands between two parts of a path: `/`, or `\` on Windows. */
export const SEPARATOR: "/" | "\\" = path.sep;

/** What stands between two paths of a list: `:`, or `;` on Windows. */
export const DELIMITER: ":" | ";" = path.delimiter;

/** One or more separators. */
export const SEPARATOR_PATTERN: RegExp = path.sep === "/" ? /\/+/ : /[\\/]+/;

/** The last part of a path, without `suffix` where it ends so. */
export function basename(filePath: string, suffix = ""): string {
  return path.basename(filePath, suffix);
}

/** A path without its last part: `.` where nothing is left. */
export function dirname(filePath: string): string {
  return path.dirname(filePath);
}

/** The extension with its dot, or `""`: a leading dot starts a name, not an extension. */
export function extname(filePath: string): string {
  return path.extname(filePath);
}

/** Whether a path starts at a root. */
export function isAbsolute(filePath: string): boolean {
  return path.isAbsolute(filePath);
}

/** The parts of a path, one below the other, normalized. */
export function join(filePath: string, ...parts: string[]): string {
  return path.join(filePath, ...parts);
}

/** A path without `.`, `..` and repeated separators where they can be resolved. */
export function normalize(filePath: string): string {
  return path.normalize(filePath);
}

/** The way from one path to another: `""` where they are the same. */
export function relative(from: string, to: string): string {
  return path.relative(from, to);
}

/** The absolute path that the parts lead to, from right to left, starting at the working directory. */
export function resolve(...parts: string[]): string {
  return path.resolve(...parts);
}
