import { assertEquals, assertStringIncludes } from "@std/assert";
import { encodeIdx } from "../../../../pipelines/images/idx.ts";
import type { ImageSplit } from "../../../../pipelines/images/images.ts";
import { greyPng } from "../../core/data/formats/make_png.ts";
import { opened, row, stack } from "./image_folder.ts";

const inks = (split: ImageSplit) =>
  Array.from(
    { length: split.count },
    (_, i) => split.pixels[i * split.rows * split.columns],
  );

Deno.test("openImages() reads IDX files as published, and in order", async () => {
  const { data, names, notes } = await opened({
    "train-images-idx3-ubyte": stack([1, 2, 3, 4, 5, 6]),
    "train-labels-idx1-ubyte": encodeIdx([6], Uint8Array.of(3, 1, 4, 1, 5, 9)),
    "t10k-images.idx3-ubyte": stack([7]),
    "t10k-labels.idx1-ubyte": encodeIdx([1], Uint8Array.of(3)),
    "README.md": "",
  });
  assertEquals([inks(data.train), inks(data.validation), inks(data.test)], [
    [1, 2, 3, 4, 5],
    [6],
    [7],
  ]);
  assertEquals(data.classes, {
    title: "class",
    names: ["1", "3", "4", "5", "9"],
  });
  assertEquals([...data.train.labels, ...data.test.labels], [1, 0, 2, 0, 3, 1]);
  assertEquals(names, [
    "train-images-idx3-ubyte",
    "train-labels-idx1-ubyte",
    "t10k-images-idx3-ubyte",
    "t10k-labels-idx1-ubyte",
  ]);
  assertEquals(notes, []);
});

Deno.test("openImages() takes one file of images without labels, and sets a sixth aside twice", async () => {
  const { data, notes } = await opened(
    { "a.idx": stack([...Array(12).keys()].map((i) => i + 1)) },
    "/a.idx",
  );
  const { train, validation, test } = data;
  assertEquals([train.count, validation.count, test.count], [9, 1, 2]);
  const all = [train, validation, test].flatMap(inks);
  assertEquals(
    all.toSorted((a, b) => a! - b!),
    [...Array(12).keys()].map((i) => i + 1),
  );
  assertEquals(data.classes?.names, []);
  assertStringIncludes(
    notes[0]!,
    "no test images: a sixth is set aside, after a shuffle",
  );
});

Deno.test("openImages() reads Kaggle's tables, and says that a test without labels is left out", async () => {
  const header = "label,pixel0,pixel1,pixel2,pixel3\n";
  const train = header +
    [1, 2, 3, 4, 5, 6, 7, 8].map((i) => `${9 - i % 2},${row(i)}`).join("\n");
  const test = header.replace("label,", "") + row(9);
  const { data, notes } = await opened({
    "train.csv": train,
    "test.csv": test,
  });
  assertEquals([data.train.count, data.validation.count, data.test.count], [
    6,
    1,
    1,
  ]);
  assertEquals(data.classes?.names, ["8", "9"]);
  assertStringIncludes(notes[0]!, "test.csv has no labels and is left out");
});

Deno.test("openImages() reads tables without a header, with the label first or none", async () => {
  const lines = [1, 2, 3, 4, 5, 6, 7, 8].map(row);
  const bare = await opened({ "a.csv": lines.join("\n") });
  assertEquals(bare.data.classes?.names, []);
  const labelled = await opened({
    "a.csv": lines.map((line, i) => `${i % 3},${line}`).join("\n"),
  });
  assertEquals(labelled.data.classes?.names, ["0", "1", "2"]);
});

Deno.test("openImages() shuffles images that are sorted by class, so that no split has one class only", async () => {
  const lines = Array.from(
    { length: 36 },
    (_, i) => `${Math.floor(i / 18)},${row(i + 1)}`,
  );
  const { data, notes } = await opened({
    "train.csv": lines.join("\n"),
    "test.csv": `0,${row(50)}`,
  });
  assertEquals(new Set(data.validation.labels), new Set([0, 1]));
  assertStringIncludes(notes[0]!, "is in order of class");
  const again = await opened({
    "train.csv": lines.join("\n"),
    "test.csv": `0,${row(50)}`,
  });
  assertEquals(again.data, data);
});

Deno.test("openImages() reads folders of PNG files with a subfolder a class", async () => {
  const files: Record<string, Uint8Array> = {};
  for (let i = 0; i < 12; i++) {
    files[`${i % 2 === 0 ? "cat" : "dog"}/${i}.png`] = greyPng(2, 2, [
      i,
      0,
      0,
      255,
    ]);
  }
  const { data } = await opened(files);
  assertEquals(data.classes, { title: "class", names: ["cat", "dog"] });
  inks(data.train).forEach((ink, i) =>
    assertEquals(data.train.labels[i], ink! % 2)
  );
});

Deno.test("openImages() reads PNG files in train and test, with classes or without", async () => {
  const file = (i: number) => greyPng(2, 2, [i, 0, 0, 255]);
  const bare = await opened(Object.fromEntries([
    ...[1, 2, 3, 4, 5, 6].map((i) => [`train/${i}.png`, file(i)]),
    ["test/7.png", file(7)],
  ]));
  assertEquals(inks(bare.data.test), [7]);
  const named = await opened(Object.fromEntries([
    ...[1, 2, 3, 4, 5, 6].map((
      i,
    ) => [`train/${"ab"[i % 2]}/${i}.png`, file(i)]),
    ["test/a/7.png", file(7)],
  ]));
  assertEquals(named.data.classes?.names, ["a", "b"]);
});

Deno.test("openImages() names classes by classes.txt", async () => {
  const lines = [1, 2, 3, 4, 5, 6, 7, 8].map((i) => `${i % 2},${row(i)}`);
  const { data } = await opened({
    "a.csv": lines.join("\n"),
    "classes.txt": "even\nodd\n",
  });
  assertEquals(data.classes?.names, ["even", "odd"]);
});

Deno.test("openImages() sets EMNIST's images upright", async () => {
  const image = Uint8Array.of(1, 2, 3, 255);
  const { data } = await opened({
    "emnist-x-train-images-idx3-ubyte": encodeIdx(
      [6, 2, 2],
      Uint8Array.from(
        Array.from({ length: 6 }, () => [...image]).flat(),
      ),
    ),
    "emnist-x-test-images-idx3-ubyte": encodeIdx([1, 2, 2], image),
  });
  assertEquals([...data.test.pixels], [1, 3, 2, 255]);
});

Deno.test("openImages() reads arrays of an NPZ file by their names", async () => {
  // numpy.savez_compressed(file, x_train=numpy.full((7, 2, 2), 255, numpy.uint8), y_train=numpy.arange(7)), NumPy 2.4.6
  const npz = Uint8Array.fromBase64(
    "UEsDBC0AAAAIAAAAIQA/QV5O//////////8LABQAeF90cmFpbi5ucHkBABAAnAAAAAAAAABLAAAAAAAAAJvsF+obEMnIUMZQrZ6SWpxcpG6loF5Taqiuo6Cell9UUpSYF59flJIKEndLzClOBYoXZyQWpAL5GuY6CkZApKmjUKtAHuD6jwcAAFBLAwQtAAAACAAAACEAWaQTlv//////////CwAUAHlfdHJhaW4ubnB5AQAQALgAAAAAAAAAVgAAAAAAAACb7BfqGxDJyFDGUK2eklqcXKRupaBuk2mhrqOgnpZfVFKUmBefX5SSChJ3S8wpTgWKF2ckFqQC+RrmOpo6CrUKFAAuBihghNJMUJoZSrNAaVYozQalAVBLAQItAy0AAAAIAAAAIQA/QV5OSwAAAJwAAAALAAAAAAAAAAAAAACAAQAAAAB4X3RyYWluLm5weVBLAQItAy0AAAAIAAAAIQBZpBOWVgAAALgAAAALAAAAAAAAAAAAAACAAYgAAAB5X3RyYWluLm5weVBLBQYAAAAAAgACAHIAAAAbAQAAAAA=",
  );
  const { data } = await opened({ "a.npz": npz }, "/a.npz");
  assertEquals([data.train.count, data.test.count], [5, 1]);
  assertEquals(data.classes?.names.length, 7);
  assertEquals(data.train.rows, 2);
});

Deno.test("openImages() takes more classes than a byte holds", async () => {
  const lines = Array.from(
    { length: 300 },
    (_, i) => `${i},${row(1 + i % 200)}`,
  );
  const { data } = await opened({ "a.csv": lines.join("\n") });
  const { train, validation, test, classes } = data;
  assertEquals(classes?.names.length, 300);
  const all = [train, validation, test].flatMap(({ labels }) => [...labels]);
  assertEquals(all.toSorted((a, b) => a - b), lines.map((_, i) => i));
});
