/**
 * How a failing run explains itself.
 * @module
 */

/** A failure inside a stage, told with the path that led to it. */
export class StageError extends Error {
  /** The class name, as printed in a stack trace. */
  override readonly name = "StageError";
  /** Names from the outermost pipeline to the failing stage. */
  readonly path: readonly string[];

  /**
   * Describes `cause` as the failure of the stage at `path`.
   *
   * @param path Names from the outermost pipeline to the failing stage.
   * @param cause What the stage threw.
   */
  constructor(path: readonly string[], cause: unknown) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    super(`Cannot finish stage "${path.join(" > ")}": ${reason}`, { cause });
    this.path = path;
  }
}
