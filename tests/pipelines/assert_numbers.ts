import { assertAlmostEquals, assertEquals } from "@std/assert";

/** Asserts that numbers have the expected names, and values but for roundings of double precision. */
export function assertNumbers(
  actual: Readonly<Record<string, number>>,
  expected: Readonly<Record<string, number>>,
): void {
  assertEquals(Object.keys(actual).sort(), Object.keys(expected).sort());
  for (const [name, value] of Object.entries(expected)) {
    const size = Math.max(1, Math.abs(value));
    assertAlmostEquals(actual[name]!, value, 1e-11 * size, name);
  }
}
