import { AssertionError, suffix } from "./assertion_error.ts";
import { format } from "./format.ts";

/**
 * Throws unless two numbers are within `tolerance` of each other.
 *
 * The tolerance is absolute; where it is left out it is `1e-7` times the size of `expected`.
 */
export function assertAlmostEquals(
  actual: number,
  expected: number,
  tolerance?: number,
  msg?: string,
): void {
  if (Object.is(actual, expected)) return;
  const delta = Math.abs(expected - actual);
  const allowed = tolerance ??
    (Number.isFinite(expected) ? Math.abs(expected * 1e-7) : 1e-7);
  if (delta <= allowed) return;
  throw new AssertionError(
    `Expected actual: "${short(actual)}" to be close to "${
      short(expected)
    }": delta "${short(delta)}" is greater than "${short(allowed)}"${
      suffix(msg)
    }`,
  );
}

function short(value: number): string {
  return Number.isInteger(value) ? String(value) : value.toExponential();
}

/** Throws unless `actual > expected`. */
export function assertGreater<T>(actual: T, expected: T, msg?: string): void {
  if (actual > expected) return;
  throw refused(actual, ">", expected, msg);
}

/** Throws unless `actual >= expected`. */
export function assertGreaterOrEqual<T>(
  actual: T,
  expected: T,
  msg?: string,
): void {
  if (actual >= expected) return;
  throw refused(actual, ">=", expected, msg);
}

/** Throws unless `actual < expected`. */
export function assertLess<T>(actual: T, expected: T, msg?: string): void {
  if (actual < expected) return;
  throw refused(actual, "<", expected, msg);
}

/** Throws unless `actual <= expected`. */
export function assertLessOrEqual<T>(
  actual: T,
  expected: T,
  msg?: string,
): void {
  if (actual <= expected) return;
  throw refused(actual, "<=", expected, msg);
}

function refused(
  actual: unknown,
  relation: string,
  expected: unknown,
  msg: string | undefined,
): AssertionError {
  return new AssertionError(
    msg ?? `Expect ${format(actual)} ${relation} ${format(expected)}`,
  );
}
