/**
 * Wrong usage of a task.
 * @module
 */

/** Flags that cannot be meant as they were typed. */
export class UsageError extends Error {
  /** The class name, as printed in a stack trace. */
  override readonly name = "UsageError";
}
