/**
 * Errors of the file system.
 * @module
 */

/**
 * Reads the system's code of an error.
 *
 * @param error Anything thrown.
 * @returns Such as `ENOENT`; undefined for other errors.
 */
export function codeOf(error: unknown): string | undefined {
  const isCoded = error instanceof Error && "code" in error &&
    typeof error.code === "string";
  return isCoded ? String(error.code) : undefined;
}

/** Whether the runtime refused a call that the command line does not grant. */
export function isNotGranted(error: unknown): boolean {
  return error instanceof Error && error.name === "NotCapable";
}
