import { assertAlmostEquals, assertEquals, assertGreater } from "@std/assert";
import { fold, keyFrom } from "../../../../pipelines/core/random/key.ts";
import { sha256 } from "../../../../pipelines/core/sha256.ts";
import type { ImageSplit } from "../../../../pipelines/images/images.ts";
import {
  builtInDigits,
  drawDigits,
} from "../../../../pipelines/images/digits/built_in_digits.ts";

const { train, validation, test } = builtInDigits();

Deno.test("builtInDigits() are the same bytes on every machine", async () => {
  // Pinned on Linux x86-64, Deno 2.9.6.
  assertEquals(
    await sha256(train.pixels.slice()),
    "20f2af544de5ee775dea15eb5449ce3d13601d6031e92dc599bdd07f74403bf2",
  );
  assertEquals(
    await sha256(test.pixels.slice()),
    "8075bba63e373e7a1eb89d7eee7c9631d32018a81807a027f87a88a73c8172b8",
  );
});

Deno.test("builtInDigits() come as 10,000, 2,000 and 2,000 images of 28 x 28", () => {
  for (
    const [split, count] of [[train, 10_000], [validation, 2_000], [
      test,
      2_000,
    ]] as const
  ) {
    assertEquals([split.count, split.rows, split.columns], [count, 28, 28]);
    assertEquals(split.pixels.length, count * 28 * 28);
    assertEquals(split.labels.length, count);
  }
});

Deno.test("drawDigits() draws as many of each digit", () => {
  const { labels } = drawDigits(keyFrom(1), 200);
  const counts = Array.from(
    { length: 10 },
    (_, digit) => labels.filter((label) => label === digit).length,
  );
  assertEquals(counts, Array(10).fill(20));
});

Deno.test("drawDigits() draws image i by key and i alone, but never twice alike", () => {
  const hands = drawDigits(fold(keyFrom(1), "a"), 500);
  const seen = new Set(images(hands).map((image) => image.toHex()));
  assertEquals(seen.size, 500);
  assertEquals(drawDigits(fold(keyFrom(1), "a"), 500), hands);
});

Deno.test("builtInDigits() have MNIST's share of ink", () => {
  // Over MNIST's 50,000 training images: mean grey 0.1310, pixels above 127: 0.1326, at least 250: 0.0739. The look,
  // not the bytes, is to agree: a tenth of each, beyond which thickness or contrast differ visibly.
  const share = (rule: (grey: number) => number) =>
    train.pixels.reduce((sum, grey) => sum + rule(grey), 0) /
    train.pixels.length;
  assertAlmostEquals(share((grey) => grey / 255), 0.1310, 0.0131);
  assertAlmostEquals(share((grey) => Number(grey > 127)), 0.1326, 0.0133);
  assertAlmostEquals(share((grey) => Number(grey >= 250)), 0.0739, 0.0074);
});

Deno.test("builtInDigits() of any two classes can be told apart", () => {
  // The nearest of two class means guesses right half of the time if both classes look alike: over the 400 test images
  // of a pair the standard error is sqrt(1/4 / 400) = 0.025. Beyond 0.5 + 8 of them chance is out of question.
  const means = centroids(train);
  const groups = byDigit(test);
  for (let a = 0; a < 10; a++) {
    for (let b = a + 1; b < 10; b++) {
      const right = groups[a]!.filter((x) =>
        nearer(x, means[a]!, means[b]!)
      ).length +
        groups[b]!.filter((x) => nearer(x, means[b]!, means[a]!)).length;
      assertGreater(right / 400, 0.7, `${a} and ${b}`);
    }
  }
});

Deno.test("builtInDigits() vary within a class, as handwriting does", () => {
  // Where every image of a class were alike, each would equal its mean; in MNIST's test file the mean squared distance
  // of an image from its class mean is 41.3 (grey / 255, summed over pixels). Half of it is still handwriting.
  const means = centroids(test);
  const groups = byDigit(test);
  const total = groups.flatMap((group, digit) =>
    group.map((x) => squared(x, means[digit]!))
  )
    .reduce((sum, distance) => sum + distance, 0);
  assertGreater(total / test.count, 41.3 / 2);
});

function images({ pixels, count, rows, columns }: ImageSplit): Uint8Array[] {
  const size = rows * columns;
  return Array.from(
    { length: count },
    (_, i) => pixels.subarray(i * size, (i + 1) * size),
  );
}

function byDigit(split: ImageSplit): readonly Uint8Array[][] {
  const groups: Uint8Array[][] = Array.from({ length: 10 }, () => []);
  images(split).forEach((image, i) => groups[split.labels[i]!]!.push(image));
  return groups;
}

/** The mean image of each digit, grey / 255. */
function centroids(split: ImageSplit): readonly Float64Array[] {
  return byDigit(split).map((group) => {
    const mean = new Float64Array(split.rows * split.columns);
    for (const image of group) {
      for (let at = 0; at < mean.length; at++) {
        mean[at]! += image[at]! / 255 / group.length;
      }
    }
    return mean;
  });
}

function nearer(
  image: Uint8Array,
  mean: Float64Array,
  other: Float64Array,
): boolean {
  return squared(image, mean) < squared(image, other);
}

function squared(image: Uint8Array, mean: Float64Array): number {
  return mean.reduce(
    (sum, value, at) => sum + (image[at]! / 255 - value) ** 2,
    0,
  );
}
