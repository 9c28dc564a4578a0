/** The error of a failed assertion. */
export class AssertionError extends Error {
  /** Names the error and keeps its message and cause. */
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = "AssertionError";
  }
}

/** The end of a message: `: note` where the caller gave a note, else a full stop. */
export function suffix(note: string | undefined): string {
  return note ? `: ${note}` : ".";
}
