import { equal } from "@std/assert";
import nodeAssert from "node:assert/strict";

const cyclic: { self?: unknown } = {};
cyclic.self = cyclic;

const pairs: readonly (readonly [string, unknown, unknown, boolean])[] = [
  ["NaN and NaN", NaN, NaN, true],
  ["0 and -0", 0, -0, true],
  ["1 and '1'", 1, "1", false],
  ["null and undefined", null, undefined, false],
  ["key orders", { a: 1, b: 2 }, { b: 2, a: 1 }, true],
  ["an absent key and undefined", {}, { a: undefined }, false],
  ["an array and an object", [], {}, false],
  ["classes", new (class A {})(), new (class B {})(), false],
  ["an object without a prototype", Object.create(null), {}, true],
  ["dates", new Date(1), new Date(1), true],
  ["other dates", new Date(1), new Date(2), false],
  ["patterns", /a/g, /a/g, true],
  ["patterns with other flags", /a/g, /a/i, false],
  ["sets in another order", new Set([[1], [2]]), new Set([[2], [1]]), true],
  ["sets", new Set([1]), new Set([2]), false],
  ["maps", new Map([["a", [1]]]), new Map([["a", [1]]]), true],
  ["maps with other values", new Map([["a", 1]]), new Map([["a", 2]]), false],
  [
    "typed arrays",
    new Float32Array([1, NaN]),
    new Float32Array([1, NaN]),
    true,
  ],
  ["kinds of typed arrays", new Uint8Array(1), new Int8Array(1), false],
  ["typed arrays of other length", new Uint8Array(1), new Uint8Array(2), false],
  ["a cycle and itself", cyclic, cyclic, true],
  ["symbol keys", { [Symbol.for("a")]: 1 }, { [Symbol.for("a")]: 2 }, false],
];

for (const [name, a, b, expected] of pairs) {
  Deno.test(`equal() compares ${name}`, () => {
    nodeAssert.equal(equal(a, b), expected);
    nodeAssert.equal(equal(b, a), expected);
  });
}
