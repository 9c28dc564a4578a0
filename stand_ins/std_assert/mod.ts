/**
 * Stand-in for `jsr:@std/assert`: assertions that throw an {@linkcode AssertionError}.
 * @module
 */

export { AssertionError } from "./assertion_error.ts";
export { equal } from "./equal.ts";
export {
  assert,
  assertExists,
  assertFalse,
  assertInstanceOf,
  fail,
} from "./assert.ts";
export {
  assertEquals,
  assertNotEquals,
  assertNotStrictEquals,
  assertStrictEquals,
} from "./assert_equals.ts";
export {
  assertAlmostEquals,
  assertGreater,
  assertGreaterOrEqual,
  assertLess,
  assertLessOrEqual,
} from "./assert_order.ts";
export {
  assertArrayIncludes,
  assertMatch,
  assertNotMatch,
  assertStringIncludes,
} from "./assert_includes.ts";
export { assertIsError, assertRejects, assertThrows } from "./assert_throws.ts";
