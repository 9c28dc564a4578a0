import { assertRejects } from "@std/assert";
import { NotFoundError } from "../../../../pipelines/core/missing.ts";
import { encodeIdx } from "../../../../pipelines/images/idx.ts";
import { greyPng } from "../../core/data/formats/make_png.ts";
import { type Files, opened, row, stack } from "./image_folder.ts";

const eight = [1, 2, 3, 4, 5, 6, 7, 8];
const refused: readonly (readonly [
  string,
  Files,
  new (message: string) => Error,
  string,
])[] = [
  [
    "a folder without images",
    { "a.txt": "" },
    NotFoundError,
    "IDX, NPZ, NPY, CSV, PNG",
  ],
  ["an empty folder", { "a/.hidden": "" }, NotFoundError, "but found none"],
  [
    "too few images",
    { "a.csv": row(1) },
    RangeError,
    "Expected at least 6 training images but found 1",
  ],
  [
    "two training sets",
    { "train-a.csv": row(1), "train-b.csv": row(2) },
    SyntaxError,
    "images for train once",
  ],
  ["pixels that make no square", { "a.csv": "1,2,3\n" }, SyntaxError, "square"],
  [
    "a word for a pixel",
    { "a.csv": "label,a,b,c,d\n1,0,x,0,255\n" },
    SyntaxError,
    "row 1, column b, of",
  ],
  ["a grey value of 256", { "a.csv": "0,0,0,256\n" }, SyntaxError, "found 256"],
  ["a negative grey value", { "a.csv": "0,0,0,-1\n" }, SyntaxError, "found -1"],
  ["images without ink", { "a.csv": "0,0,0,0\n" }, SyntaxError, "largest is 0"],
  ["ink of 16", { "a.csv": "0,0,0,16\n" }, SyntaxError, "largest is 16"],
  [
    "labels that are fractions",
    { "a.csv": eight.map((i) => `0.5,${row(i)}`).join("\n") },
    RangeError,
    "found 0.5",
  ],
  [
    "fewer names than classes",
    {
      "a.csv": eight.map((i) => `${i % 3},${row(i)}`).join("\n"),
      "classes.txt": "one\ntwo",
    },
    RangeError,
    "name for each of 3 classes but found 2",
  ],
  [
    "test images of another size",
    {
      "train.csv": eight.map(row).join("\n"),
      "test.csv": "0,0,0,0,0,0,0,0,255",
    },
    SyntaxError,
    "2 x 2 pixels like those for training but found 3 x 3",
  ],
  [
    "ink that means something else in the test images",
    { "train.csv": eight.map(row).join("\n"), "test.csv": "0,0,0,1" },
    SyntaxError,
    "to be 255 as in",
  ],
  [
    "labels that are too few",
    {
      "train-images.idx": stack(eight),
      "train-labels.idx1": encodeIdx([2], Uint8Array.of(1, 2)),
    },
    SyntaxError,
    "Expected 8 labels",
  ],
  [
    "labels without images",
    { "train-labels.idx1": encodeIdx([2], Uint8Array.of(1, 2)) },
    SyntaxError,
    "images for the labels",
  ],
  [
    "pictures of two sizes",
    { "1.png": greyPng(1, 1, [255]), "2.png": greyPng(1, 2, [255, 0]) },
    SyntaxError,
    "1 x 1 pixels like",
  ],
  [
    "pictures of which some have no class",
    { "1.png": greyPng(1, 1, [255]), "a/2.png": greyPng(1, 1, [255]) },
    SyntaxError,
    "in a folder of its class",
  ],
];
for (const [name, files, kind, message] of refused) {
  Deno.test(`openImages() refuses ${name}`, async () => {
    await assertRejects(() => opened(files), kind, message);
  });
}
