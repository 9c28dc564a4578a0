// Judged by Node's assertions: a package of assertions cannot vouch for itself.
import {
  assert,
  assertAlmostEquals,
  assertArrayIncludes,
  assertEquals,
  assertExists,
  assertFalse,
  assertGreater,
  assertGreaterOrEqual,
  assertInstanceOf,
  AssertionError,
  assertIsError,
  assertLess,
  assertLessOrEqual,
  assertMatch,
  assertNotEquals,
  assertNotMatch,
  assertNotStrictEquals,
  assertRejects,
  assertStrictEquals,
  assertStringIncludes,
  assertThrows,
  fail,
} from "@std/assert";
import nodeAssert from "node:assert/strict";

const passing: readonly (readonly [string, () => void])[] = [
  ["assert", () => assert(1)],
  ["assertFalse", () => assertFalse("")],
  ["assertExists", () => assertExists(0)],
  ["assertInstanceOf", () => assertInstanceOf(new RangeError(), Error)],
  ["assertEquals", () => assertEquals({ a: [1] }, { a: [1] })],
  ["assertNotEquals", () => assertNotEquals([1], [2])],
  ["assertStrictEquals", () => assertStrictEquals(NaN, NaN)],
  ["assertNotStrictEquals", () => assertNotStrictEquals([1], [1])],
  ["assertAlmostEquals exact", () => assertAlmostEquals(Infinity, Infinity)],
  ["assertAlmostEquals default", () => assertAlmostEquals(1e9, 1e9 + 99)],
  ["assertAlmostEquals given", () => assertAlmostEquals(1, 1.5, 0.5)],
  ["assertGreater", () => assertGreater(2, 1)],
  ["assertGreaterOrEqual", () => assertGreaterOrEqual(2, 2)],
  ["assertLess", () => assertLess(1, 2)],
  ["assertLessOrEqual", () => assertLessOrEqual(2, 2)],
  ["assertStringIncludes", () => assertStringIncludes("elbo", "lb")],
  ["assertMatch", () => assertMatch("elbo", /^e/)],
  ["assertNotMatch", () => assertNotMatch("elbo", /^x/)],
  ["assertArrayIncludes", () => assertArrayIncludes([[1], [2]], [[2]])],
  ["assertIsError", () => assertIsError(new RangeError("ab"), Error, /b/)],
];

for (const [name, run] of passing) {
  Deno.test(`${name} accepts what it should`, run);
}

const failing: readonly (readonly [string, () => void])[] = [
  ["", () => assert(0)],
  ["note", () => assert(0, "note")],
  ["", () => assertFalse(1)],
  ["Failed assertion.", () => fail()],
  ["Failed assertion: note", () => fail("note")],
  [
    'Expected actual: "null" to not be null or undefined.',
    () => assertExists(null),
  ],
  [
    'Expected object to be an instance of "Date" but was "number".',
    () => assertInstanceOf(1, Date),
  ],
  [
    'Expected object to be an instance of "RangeError" but was "Error".',
    () => assertInstanceOf(new Error(), RangeError),
  ],
  [
    'Expected object to be an instance of "Date" but was not an instanced object.',
    () => assertInstanceOf(Date, Date),
  ],
  ["Values are not equal.", () => assertEquals<unknown>(1, "1")],
  ["Values are not equal: note", () => assertEquals(1, 2, "note")],
  ["Expected actual: 1 not to be: 1.", () => assertNotEquals(1, 1)],
  ["Values are not strictly equal.", () => assertStrictEquals(1, 2)],
  [
    "Values have the same structure but are not reference-equal.",
    () => assertStrictEquals([1], [1]),
  ],
  [
    'Expected "actual" to not be strictly equal to: 1.',
    () => assertNotStrictEquals(1, 1),
  ],
  [
    'Expected actual: "1" to be close to "2": delta "1" is greater than "2e-7".',
    () => assertAlmostEquals(1, 2),
  ],
  [
    'Expected actual: "1.5e+0" to be close to "1": delta "5e-1" is greater than "1e-1": note',
    () => assertAlmostEquals(1.5, 1, 0.1, "note"),
  ],
  ["Expect 1 > 1", () => assertGreater(1, 1)],
  ["Expect 1 >= 2", () => assertGreaterOrEqual(1, 2)],
  ["Expect 1 < 1", () => assertLess(1, 1)],
  ["Expect 2 <= 1", () => assertLessOrEqual(2, 1)],
  ["note", () => assertLessOrEqual(2, 1, "note")],
  [
    'Expected actual: "elbo" to contain: "kl".',
    () => assertStringIncludes("elbo", "kl"),
  ],
  [
    'Expected actual: "elbo" to match: "/^x/".',
    () => assertMatch("elbo", /^x/),
  ],
  [
    'Expected actual: "elbo" to not match: "/^e/".',
    () => assertNotMatch("elbo", /^e/),
  ],
  ["Expected function to throw.", () => assertThrows(() => {})],
  ["Expected function to throw: note", () => assertThrows(() => {}, "note")],
  [
    'Expected error to be instance of "RangeError", but was "TypeError".',
    () =>
      assertThrows(() => {
        throw new TypeError("a");
      }, RangeError),
  ],
  [
    'Expected error message to include "b", but got "a".',
    () =>
      assertThrows(
        () => {
          throw new TypeError("a");
        },
        TypeError,
        "b",
      ),
  ],
  [
    "A non-Error object was thrown.",
    () =>
      assertThrows(() => {
        throw "a";
      }, Error),
  ],
];

for (const [line, run] of failing) {
  Deno.test(`an assertion fails with "${line}"`, () => {
    nodeAssert.throws(run, (error: unknown) => {
      nodeAssert.ok(error instanceof AssertionError);
      nodeAssert.equal(error.name, "AssertionError");
      nodeAssert.equal(error.message.split("\n")[0], line);
      return true;
    });
  });
}

Deno.test("assertEquals() shows which lines differ", () => {
  nodeAssert.throws(
    () => assertEquals({ a: 1, b: [2, 3] }, { a: 1, b: [2, 4] }),
    (error: unknown) => {
      nodeAssert.ok(error instanceof AssertionError);
      // deno-lint-ignore no-control-regex -- the colours, where the terminal has them
      const lines = error.message.replace(/\x1b\[\d+m/g, "").split("\n");
      nodeAssert.deepEqual(lines.filter((line) => /^[-+]/.test(line)), [
        "-       3,",
        "+       4,",
      ]);
      nodeAssert.ok(lines.includes("      a: 1,"));
      return true;
    },
  );
});

Deno.test("assertThrows() returns what was thrown", () => {
  const error = new RangeError("Expected k to be positive but found 0");
  const thrown: RangeError = assertThrows(
    () => {
      throw error;
    },
    RangeError,
    "but found 0",
  );
  nodeAssert.equal(thrown, error);
  nodeAssert.equal(
    assertThrows(() => {
      throw 1;
    }),
    1,
  );
});

Deno.test("assertRejects() resolves to the reason", async () => {
  const error = new RangeError("a");
  const reason: RangeError = await assertRejects(
    () => Promise.reject(error),
    RangeError,
    "a",
  );
  nodeAssert.equal(reason, error);
});

const notRejecting: readonly (readonly [string, () => Promise<unknown>])[] = [
  [
    "Expected function to reject.",
    () => assertRejects(() => Promise.resolve(1)),
  ],
  [
    "Function throws when expected to reject.",
    () =>
      assertRejects(() => {
        throw new Error("at once");
      }),
  ],
  [
    "A non-Error object was rejected.",
    () => assertRejects(() => Promise.reject(1), Error),
  ],
  [
    'Expected error message to include "b", but got "a".',
    () => assertRejects(() => Promise.reject(new Error("a")), Error, "b"),
  ],
];

for (const [line, run] of notRejecting) {
  Deno.test(`assertRejects() fails with "${line}"`, async () => {
    await nodeAssert.rejects(run, { name: "AssertionError", message: line });
  });
}
