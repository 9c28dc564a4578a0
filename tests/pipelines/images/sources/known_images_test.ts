import { assert, assertEquals } from "@std/assert";
import type { DataFile } from "../../../../pipelines/core/data/known_data.ts";
import { encodeIdx } from "../../../../pipelines/images/idx.ts";
import { knownImages } from "../../../../pipelines/images/sources/known_images.ts";

const of = (name: string) =>
  knownImages.find(({ known }) => known.name === name)!;

/** Images for training and testing by the papers, and classes. */
const SIZES: Readonly<Record<string, readonly [number, number, number]>> = {
  "fashion-mnist": [60_000, 10_000, 10],
  "kmnist": [60_000, 10_000, 10],
  // Cohen et al. 2017, table II
  "emnist-balanced": [112_800, 18_800, 47],
  "emnist-byclass": [697_932, 116_323, 62],
  "emnist-digits": [240_000, 40_000, 10],
  "emnist-letters": [124_800, 20_800, 26],
};

Deno.test("files of known images are as long as their heads, their images of 28 x 28, and their labels", () => {
  assertEquals(knownImages.map(({ known }) => known.name), Object.keys(SIZES));
  for (const { known } of knownImages) {
    const [train, test] = SIZES[known.name]!; // as above
    assertEquals(known.files.map(({ size }) => size), [
      ...[16 + 784 * train, 8 + train],
      ...[16 + 784 * test, 8 + test],
    ]);
    const sums = known.files.map(({ gzipSha256 }) => gzipSha256 ?? "");
    assert(sums.every((sum) => /^[0-9a-f]{64}$/.test(sum)), known.name);
    assertEquals(new Set(sums).size, 4);
    assertEquals(known.folder, known.name.replace(/^emnist-.*/, "emnist"));
  }
});

Deno.test("known images have their names at every mirror, and EMNIST tells where it is", () => {
  const [first, , third] = of("fashion-mnist").known.files;
  assertEquals(first!.urls, [
    "https://raw.githubusercontent.com/zalandoresearch/fashion-mnist/master/data/fashion/train-images-idx3-ubyte.gz",
    "https://storage.googleapis.com/tensorflow/tf-keras-datasets/train-images-idx3-ubyte.gz",
  ]);
  assertEquals(third!.urls[1]!.split("/").at(-1), "t10k-images-idx3-ubyte.gz");
  assertEquals(of("kmnist").known.files[3]!.urls, [
    "https://codh.rois.ac.jp/kmnist/dataset/kmnist/t10k-labels-idx1-ubyte.gz",
  ]);
  const { files, where } = of("emnist-letters").known;
  assertEquals(files.map(({ name }) => name), [
    "emnist-letters-train-images-idx3-ubyte",
    "emnist-letters-train-labels-idx1-ubyte",
    "emnist-letters-test-images-idx3-ubyte",
    "emnist-letters-test-labels-idx1-ubyte",
  ]);
  assertEquals(files.map(({ urls }) => urls.length), [0, 0, 0, 0]);
  assert(where?.includes("emnist"));
});

/** A small data set in the files of a known one: two pixels beside each other in the first row, the second with ink. */
function parsed(name: string, firstLabel: number, classes: number) {
  const { known, parse } = of(name);
  const labels = Uint8Array.from(
    { length: 3 * classes },
    (_, i) => firstLabel + i % classes,
  );
  const pixels = Uint8Array.from(
    { length: 4 * labels.length },
    (_, i) => i % 4 === 1 ? 255 : 0,
  );
  const files = known.files.map(({ name }, i): DataFile => ({
    path: `/data/${name}`,
    bytes: i % 2 === 0
      ? encodeIdx([labels.length, 2, 2], pixels)
      : encodeIdx([labels.length], labels),
    sha256: "",
  }));
  return parse(files);
}

Deno.test("known images have the names of their classes, and EMNIST's stand upright", () => {
  for (const [name, [, , classes]] of Object.entries(SIZES)) {
    const images = parsed(name, name === "emnist-letters" ? 1 : 0, classes);
    assertEquals(images.classes!.names.length, classes, name);
    const isTurned = name.startsWith("emnist");
    assertEquals(
      [...images.test.pixels.subarray(0, 4)],
      isTurned ? [0, 0, 255, 0] : [0, 255, 0, 0],
      name,
    );
    assertEquals(images.test.count, 3 * classes);
  }
  const nameOf = (data: string, first: number, classes: number, at: number) =>
    parsed(data, first, classes).classes!.names[at];
  assertEquals(nameOf("fashion-mnist", 0, 10, 9), "Ankle boot");
  assertEquals(nameOf("kmnist", 0, 10, 0), "o");
  assertEquals(nameOf("emnist-letters", 1, 26, 0), "A");
  assertEquals(nameOf("emnist-balanced", 0, 47, 46), "t");
  assertEquals(nameOf("emnist-byclass", 0, 62, 36), "a");
});
