/** A function cannot be compiled as it is: the message says what stands in the way, and the remedy. */
export class CompileError extends Error {
  override readonly name = "CompileError";
}
