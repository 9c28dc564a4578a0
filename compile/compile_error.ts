/** A function cannot be compiled as it is: the message says what stands in the way, and the remedy. */
export class CompileError extends Error {
  /** What it is told by where `instanceof` cannot, as between two copies of the package. */
  override readonly name = "CompileError";
}
