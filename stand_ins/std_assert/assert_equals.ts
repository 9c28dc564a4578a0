import { AssertionError, suffix } from "./assertion_error.ts";
import { equal } from "./equal.ts";
import { format, formatDiff } from "./format.ts";

/** Throws, with the difference, unless the two values are deeply equal. */
export function assertEquals<T>(actual: T, expected: T, msg?: string): void {
  if (equal(actual, expected)) return;
  throw new AssertionError(
    `Values are not equal${suffix(msg)}\n${difference(actual, expected)}`,
  );
}

/** Throws when the two values are deeply equal. */
export function assertNotEquals<T>(actual: T, expected: T, msg?: string): void {
  if (!equal(actual, expected)) return;
  throw new AssertionError(
    `Expected actual: ${String(actual)} not to be: ${String(expected)}${
      suffix(msg)
    }`,
  );
}

/** Throws, with the difference, unless the two values are the same by `Object.is`. */
export function assertStrictEquals<T>(
  actual: unknown,
  expected: T,
  msg?: string,
): asserts actual is T {
  if (Object.is(actual, expected)) return;
  const text = format(actual);
  if (text === format(expected)) {
    const indented = text.split("\n").map((line) => `    ${line}`).join("\n");
    throw new AssertionError(
      `Values have the same structure but are not reference-equal${
        suffix(msg)
      }\n\n${indented}\n`,
    );
  }
  throw new AssertionError(
    `Values are not strictly equal${suffix(msg)}\n${
      difference(actual, expected)
    }`,
  );
}

/** Throws when the two values are the same by `Object.is`. */
export function assertNotStrictEquals<T>(
  actual: T,
  expected: T,
  msg?: string,
): void {
  if (!Object.is(actual, expected)) return;
  throw new AssertionError(
    `Expected "actual" to not be strictly equal to: ${format(actual)}${
      suffix(msg)
    }\n`,
  );
}

/** Two long texts are compared line by line, everything else as formatted. */
function difference(actual: unknown, expected: unknown): string {
  if (typeof actual === "string" && typeof expected === "string") {
    const single = !actual.includes("\n") && !expected.includes("\n");
    if (!single) return formatDiff(actual, expected);
  }
  return formatDiff(format(actual), format(expected));
}
