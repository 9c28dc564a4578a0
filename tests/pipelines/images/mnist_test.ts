import { assertEquals, assertThrows } from "@std/assert";
import {
  type DataFile,
  expectKnown,
  openFile,
} from "../../../pipelines/core/data/known_data.ts";
import { readData } from "../../../pipelines/core/data/read_file.ts";
import { builtInDigits } from "../../../pipelines/images/digits/built_in_digits.ts";
import { mnist, parseMnist } from "../../../pipelines/images/mnist.ts";
import { take } from "../../../pipelines/images/split.ts";

const data = Deno.env.get("LOWERBOUND_DATA");

Deno.test("parseMnist() reads what another implementation wrote", async () => {
  const files = await readData("fixtures/digits", mnist);
  const { train, validation, test } = parseMnist(files);
  const digits = builtInDigits();
  assertEquals([train.count, validation.count, test.count], [10, 2, 6]);
  assertEquals(train, take(digits.train, 10));
  assertEquals(test, take(digits.test, 6));
});

Deno.test({
  name:
    "parseMnist() splits MNIST into 50,000, 10,000 and 10,000 (needs LOWERBOUND_DATA)",
  ignore: data === undefined,
  fn: async () => {
    const files = await readData(`${data}/mnist`, mnist);
    mnist.files.forEach((known, i) => expectKnown(files[i]!, known)); // four of each
    const { train, validation, test } = parseMnist(files);
    assertEquals(
      [train, validation, test].map((s) => [s.count, s.rows, s.columns]),
      [[50_000, 28, 28], [10_000, 28, 28], [10_000, 28, 28]],
    );
    // First digits of the two label files, as printed by `zcat | od`.
    assertEquals([...train.labels.subarray(0, 5)], [5, 0, 4, 1, 9]);
    assertEquals([...test.labels.subarray(0, 5)], [7, 2, 1, 0, 4]);
    // The last label of the training file belongs to the last validation image.
    assertEquals(validation.labels.at(-1), files[1]?.bytes.at(-1));
    assertEquals(validation.pixels.length, 10_000 * 28 * 28);
  },
});

Deno.test("parseMnist() refuses images and labels that differ in count", async () => {
  const files = await four();
  refuses(
    files.with(1, await labels([1, 2, 3])),
    SyntaxError,
    "Expected 6 labels for the images of images but found 3 in labels",
  );
});

Deno.test("parseMnist() refuses labels that are no digits", async () => {
  const files = await four();
  refuses(
    files.with(1, await labels([0, 1, 2, 10, 4, 11])),
    RangeError,
    "Expected labels from 0 to 9 in labels but found 10 at index 3",
  );
});

Deno.test("parseMnist() refuses test images of another size", async () => {
  const files = await four();
  refuses(
    files.with(2, await images(1, 3, 2)),
    SyntaxError,
    "Expected test images of 2 x 2 pixels like those for training but found 3 x 2 in images",
  );
});

Deno.test("parseMnist() refuses images without pixels", async () => {
  const files = await four();
  refuses(
    files.with(0, await images(6, 0, 2)),
    SyntaxError,
    "Expected images with pixels in images but found 0 x 2",
  );
});

Deno.test("parseMnist() reads images of the bytes 0 and 1 as black and white", async () => {
  const binary = [0, 1, 1, 0];
  const { train, test } = parseMnist([
    await imagesOf(6, binary),
    ...(await four()).slice(1, 2),
    await imagesOf(1, binary),
    await labels([9]),
  ]);
  assertEquals([...train.pixels.subarray(0, 4)], [0, 255, 255, 0]);
  assertEquals([...test.pixels], [0, 255, 255, 0]);
});

for (
  const [training, test, message] of [
    [[0, 0, 0, 0], [0, 9, 0, 255], "or 0 and 1, but the largest is 0"],
    [[0, 255, 0, 0], [0, 0, 0, 0], "or 0 and 1, but the largest is 0"],
    [[0, 3, 16, 0], [0, 255, 0, 0], "but the largest is 16"],
    [[0, 255, 0, 0], [0, 1, 0, 0], "to be 255 as in images but found 1"],
    [[0, 1, 0, 0], [0, 255, 0, 0], "to be 1 as in images but found 255"],
  ] as const
) {
  Deno.test(`parseMnist() refuses ink of ${training} beside ${test}`, async () => {
    const [, digits, , digit] = await four();
    refuses(
      [
        await imagesOf(6, training),
        digits!,
        await imagesOf(1, test),
        digit!,
      ],
      SyntaxError,
      message,
    );
  });
}

function refuses(
  files: readonly DataFile[],
  kind: new (message: string) => Error,
  message: string,
): void {
  assertThrows(() => parseMnist(files), kind, message);
}

async function four(): Promise<readonly DataFile[]> {
  return [
    await images(6, 2, 2),
    await labels([0, 1, 2, 3, 4, 5]),
    await images(1, 2, 2),
    await labels([9]),
  ];
}

async function images(
  count: number,
  rows: number,
  columns: number,
): Promise<DataFile> {
  const header = [0, 0, 8, 3, 0, 0, 0, count, 0, 0, 0, rows, 0, 0, 0, columns];
  const pixels = Array.from({ length: count * rows * columns }, (_, i) => i);
  return await openFile("images", Uint8Array.from([...header, ...pixels]));
}

/** As many images of 2 x 2 pixels, all alike. */
async function imagesOf(
  count: number,
  pixels: readonly number[],
): Promise<DataFile> {
  const header = [0, 0, 8, 3, 0, 0, 0, count, 0, 0, 0, 2, 0, 0, 0, 2];
  const all = Array.from({ length: count }, () => pixels).flat();
  return await openFile("images", Uint8Array.from([...header, ...all]));
}

async function labels(values: readonly number[]): Promise<DataFile> {
  const header = [0, 0, 8, 1, 0, 0, 0, values.length];
  return await openFile("labels", Uint8Array.from([...header, ...values]));
}
