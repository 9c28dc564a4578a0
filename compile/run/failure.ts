/**
 * What went wrong, in words that help.
 * @module
 */
import type * as tf from "@tensorflow/tfjs";
import { CompileError } from "../compile_error.ts";

/** Where ONNX Runtime's messages name the operation they are about. */
const OPERATION =
  /(?:implementation for|Optype \(|operator \(|Op \(|running|Op type:?) ?([A-Z]\w+)/;

/**
 * An error of ONNX Runtime, whose own words name neither an operation of the user nor a remedy: they stay in `cause`.
 *
 * @returns Errors of this package as they are.
 */
export function runtimeError(
  action: "compile" | "run",
  cause: unknown,
): unknown {
  const isForeign = cause instanceof Error && cause.constructor === Error;
  if (!isForeign) return cause;
  if (/allocat/i.test(cause.message)) {
    return new CompileError(
      `Cannot ${action} the function: there is not enough memory; take fewer items or steps at once`,
      { cause },
    );
  }
  const [, operation] = OPERATION.exec(cause.message) ?? [];
  const where = operation ? ` at its operation ${operation}` : "";
  return new CompileError(
    `Cannot ${action} the function: ONNX Runtime refused its graph${where}, for the types or shapes of its tensors; write it with other operations, or use device "tfjs"`,
    { cause },
  );
}

/** An error, and how many steps of its call came before it: these have their effect. */
export function failureAfter(
  done: number,
  steps: number,
  cause: unknown,
): unknown {
  if (done === 0 || !(cause instanceof Error)) return cause;
  const message =
    `${cause.message}; the first ${done} of ${steps} steps of the call are kept`;
  if (cause instanceof CompileError) {
    return new CompileError(message, { cause });
  }
  if (cause instanceof RangeError) return new RangeError(message, { cause });
  if (cause instanceof TypeError) return new TypeError(message, { cause });
  return new Error(message, { cause });
}

/**
 * Checks that variables still have values.
 *
 * @throws {TypeError} If one was disposed of.
 */
export function checkAlive(variables: Iterable<tf.Variable>): void {
  for (const { name, isDisposed } of variables) {
    if (!isDisposed) continue;
    throw new TypeError(
      `Cannot run a compiled function whose variable "${name}" was disposed of`,
    );
  }
}
