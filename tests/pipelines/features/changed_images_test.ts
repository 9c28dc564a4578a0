import { assertAlmostEquals, assertEquals, assertNotEquals } from "@std/assert";
import { keyFrom } from "../../../pipelines/core/random/key.ts";
import {
  amounts,
  blurred,
  changedImages,
  noisy,
} from "../../../pipelines/features/changed_images.ts";
import { changeWords } from "../../../pipelines/features/change_words.ts";
import { labelledBatches } from "../../../pipelines/features/labelled_batches.ts";
import { drawDigits } from "../../../pipelines/images/digits/built_in_digits.ts";

Deno.test("blurred() spreads one pixel by normal weights, and each image by itself", () => {
  const pixels = new Uint8Array(2 * 7 * 9);
  pixels[3 * 9 + 4] = 255; // in the middle of the first image
  const found = blurred(pixels, [7, 9], 1);
  const weight = (x: number) => Math.exp(-(x ** 2) / 2);
  const total = [-3, -2, -1, 0, 1, 2, 3].reduce((s, x) => s + weight(x), 0);
  for (let row = 0; row < 7; row++) {
    for (let column = 0; column < 9; column++) {
      const far = Math.abs(column - 4) > 3; // beyond three deviations
      const part = weight(row - 3) * weight(column - 4) / total ** 2;
      const expected = far ? 0 : Math.round(255 * part);
      assertEquals(found[row * 9 + column], expected, `${row}, ${column}`);
    }
  }
  assertEquals(found.subarray(63), new Uint8Array(63));
});

Deno.test("blurred() takes what lies beyond the edge for paper", () => {
  const found = blurred(new Uint8Array(25).fill(200), [5, 5], 0.5);
  assertEquals(found[12], 200);
  // a reach of two pixels: at the edge the weights of two columns fall outside
  const weights = [0, 1, 2].map((x) => Math.exp(-(x ** 2) / 0.5));
  const [middle = 0, near = 0, far = 0] = weights;
  const inside = (middle + near + far) / (middle + 2 * near + 2 * far);
  assertEquals(found[10], Math.round(200 * inside));
});

Deno.test("noisy() adds noise of the deviation that is asked for, from its key", () => {
  const grey = new Uint8Array(20_000).fill(128);
  const found = noisy(grey, 16, keyFrom(1));
  const mean = found.reduce((sum, x) => sum + x / found.length, 0);
  const squares = found.reduce((sum, x) => sum + (x - mean) ** 2, 0);
  // standard errors: 16 / sqrt(20,000) = 0.11 and 16 / sqrt(40,000) = 0.08, five of each
  assertAlmostEquals(mean, 128, 0.6);
  assertAlmostEquals(Math.sqrt(squares / found.length), 16, 0.4);
  assertEquals(noisy(grey, 16, keyFrom(1)), found);
  assertNotEquals(noisy(grey, 16, keyFrom(2)), found);
  assertEquals(noisy(grey, 0, keyFrom(1)), grey);
});

Deno.test("changedImages() gives sets of one size, of which some lack classes", () => {
  const images = drawDigits(keyFrom(3), 200);
  const sets = changedImages(images, 30, keyFrom(4));
  assertEquals(sets.length, 1 + Object.values(amounts).flat().length);
  for (const { pixels } of sets.filter((set) => set.change !== "missing")) {
    assertEquals(pixels.length, 30 * 784);
  }
  const [real, ...changed] = sets;
  assertEquals(real?.pixels, images.pixels.slice(0, 30 * 784));
  const lacking = changed.filter(({ change }) => change === "missing");
  for (const { amount, pixels } of lacking) {
    const wanted = Array.from(images.labels, (label, i) => [label, i] as const)
      .filter(([label]) => label >= amount).slice(0, 30);
    const expected = wanted.flatMap(([, i]) => [
      ...images.pixels.subarray(784 * i, 784 * i + 784),
    ]);
    assertEquals([...pixels], expected);
  }
  const alike = { ...images, labels: new Uint8Array(200) };
  const few = changedImages(alike, 30, keyFrom(4));
  assertEquals(few.some(({ change }) => change === "missing"), false);
});

Deno.test("changedImages() leaves out sets of so few images that no error is known", () => {
  const sets = changedImages(drawDigits(keyFrom(3), 100), 30, keyFrom(4));
  const lacking = sets.filter(({ change }) => change === "missing");
  assertEquals(lacking.map(({ amount }) => amount), [1, 3, 5]); // 8 leaves two digits of ten
  for (const { pixels } of sets) assertEquals(pixels.length, 30 * 784);
});

Deno.test("changeWords() says what was done, and how much", () => {
  const say = (change: "none" | "blur" | "noise" | "missing", amount: number) =>
    changeWords({ change, amount });
  assertEquals([
    say("none", 0),
    ...[say("blur", 1), say("blur", 0.5)],
    say("noise", 16),
    ...[say("missing", 1), say("missing", 3)],
  ], [
    "as they are",
    ...["blurred by 1 pixel", "blurred by 0.5 pixels"],
    "noise of 16 grey levels",
    ...["1 class missing", "3 classes missing"],
  ]);
});

Deno.test("labelledBatches() gives each image with its label, once in an epoch, by the update's number alone", () => {
  const images = drawDigits(keyFrom(5), 20);
  const first = (label: number) => 10 * label; // a mark that says the label
  const marked = {
    ...images,
    pixels: images.pixels.map((value, i) =>
      i % 784 === 0 ? first(images.labels[i / 784]!) : value
    ),
  };
  const batches = labelledBatches(marked, 6, keyFrom(6));
  assertEquals(batches.perEpoch, 3);
  const all = batches.at(0, 6);
  assertEquals(all.labels.length, 36);
  all.labels.forEach((label, i) =>
    assertEquals(all.images[784 * i], first(label))
  );
  const again = batches.at(4, 1);
  assertEquals(again.labels, all.labels.slice(24, 30));
  assertEquals(again.images, all.images.slice(24 * 784, 30 * 784));
  const seen = (epoch: number) =>
    new Set(
      Array.from({ length: 18 }, (_, i) => {
        const at = 784 * (18 * epoch + i);
        return all.images.slice(at, at + 784).join();
      }),
    ).size;
  assertEquals([seen(0), seen(1)], [18, 18]);
});
