import { AssertionError, suffix } from "./assertion_error.ts";

/** A class, abstract or not, whose instances are `T`. */
export type Class<T> = abstract new (...args: never[]) => T;

/** Throws unless `expr` is truthy. */
export function assert(expr: unknown, msg = ""): asserts expr {
  if (!expr) throw new AssertionError(msg);
}

/** A value that counts as false. */
export type Falsy = false | 0 | 0n | "" | null | undefined;

/** Throws unless `expr` is falsy. */
export function assertFalse(expr: unknown, msg = ""): asserts expr is Falsy {
  if (expr) throw new AssertionError(msg);
}

/** Throws always. */
export function fail(msg?: string): never {
  throw new AssertionError(`Failed assertion${suffix(msg)}`);
}

/** Throws when `actual` is `null` or `undefined`. */
export function assertExists<T>(
  actual: T,
  msg?: string,
): asserts actual is NonNullable<T> {
  if (actual !== undefined && actual !== null) return;
  throw new AssertionError(
    `Expected actual: "${actual}" to not be null or undefined${suffix(msg)}`,
  );
}

/** Throws unless `actual` is an instance of `expectedType`. */
export function assertInstanceOf<T>(
  actual: unknown,
  expectedType: Class<T>,
  msg = "",
): asserts actual is T {
  if (actual instanceof expectedType) return;
  const expected =
    `Expected object to be an instance of "${expectedType.name}"`;
  const found = nameOfType(actual);
  if (found === expectedType.name) {
    throw new AssertionError(`${expected}${suffix(msg)}`);
  }
  const but = found === "function"
    ? "was not an instanced object"
    : `was "${found}"`;
  throw new AssertionError(`${expected} but ${but}${suffix(msg)}`);
}

function nameOfType(value: unknown): string {
  if (value === null) return "null";
  if (typeof value !== "object") return typeof value;
  return value.constructor?.name ?? "Object";
}
