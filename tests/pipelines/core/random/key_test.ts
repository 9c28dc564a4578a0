import { assertEquals, assertThrows } from "@std/assert";
import {
  draw,
  fold,
  type Key,
  keyFrom,
  split,
} from "../../../../pipelines/core/random/key.ts";

Deno.test("keyFrom() tells seeds apart up to 53 bits", () => {
  const seeds = [0, 1, 2 ** 32, 2 ** 32 + 1, Number.MAX_SAFE_INTEGER];
  const words = new Set(seeds.map((seed) => String(keyFrom(seed).words)));
  assertEquals(words.size, seeds.length);
});

Deno.test("keyFrom() refuses what is not a seed", () => {
  for (const seed of [-1, 0.5, NaN, 2 ** 53]) {
    assertThrows(
      () => keyFrom(seed),
      RangeError,
      `Expected seed to be a whole number from 0 to 2^53 - 1 but found ${seed}`,
    );
  }
});

Deno.test("split(), fold() and draw() never meet for small names and numbers", () => {
  const key = keyFrom(7);
  const names = ["", "a", "b", "ab", "ba", "abc", "abcd", "abcde", "a\0", "\0"];
  const words = new Uint32Array(2);
  const drawn = Array.from({ length: 100 }, (_, i): Key => {
    draw(key, 0, i, words);
    return { words: [words[0]!, words[1]!] };
  });
  const keys = [
    ...split(key, 100),
    ...Array.from({ length: 100 }, (_, i) => fold(key, i)),
    ...names.map((name) => fold(key, name)),
    ...drawn,
  ];
  assertEquals(new Set(keys.map((k) => String(k.words))).size, keys.length);
});

Deno.test("split() gives the same first keys whatever the count", () => {
  assertEquals(split(keyFrom(1), 2), split(keyFrom(1), 4).slice(0, 2));
});

Deno.test("fold() depends on the order of the names", () => {
  const key = keyFrom(3);
  const forth = fold(fold(key, "train"), "shuffle");
  const back = fold(fold(key, "shuffle"), "train");
  assertEquals(forth.words.some((word, i) => word !== back.words[i]), true);
});
