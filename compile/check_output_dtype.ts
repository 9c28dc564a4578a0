import { CompileError } from "./compile_error.ts";
import type { DType } from "./dtype.ts";

/**
 * Checks that an output has the type that was declared for it.
 *
 * @throws {CompileError} If not.
 */
export function checkOutputDType(
  name: string,
  expected: DType,
  found: string,
): void {
  if (expected === found) return;
  throw new CompileError(
    `Expected output "${name}" to be ${expected} but found ${found}: cast it, or declare outputs: { ${name}: "${found}" }`,
  );
}
