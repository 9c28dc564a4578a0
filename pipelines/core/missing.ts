/**
 * Errors of what is not there, and of what may not be done.
 * @module
 */

/** A file, a folder or a variable is missing. */
export class NotFoundError extends Error {
  /** The class name, as printed in a stack trace. */
  override readonly name: string = "NotFoundError";
}

/** A permission was not granted on the command line. */
export class NotGrantedError extends Error {
  /** The class name, as printed in a stack trace. */
  override readonly name: string = "NotGrantedError";
}

/** Whether a file system's error says that there is no such file. */
export function isMissing(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === "ENOENT";
}
