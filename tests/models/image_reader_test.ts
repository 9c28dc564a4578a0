import { assertThrows } from "@std/assert";
import type * as tf from "@tensorflow/tfjs";
import { createParameters } from "../../models/parameters/parameters.ts";
import { imageReaderSpecs, readImage } from "../../models/image_reader.ts";
import golden from "../golden/image_reader.json" with { type: "json" };
import { drawWave, wave } from "../golden/waves.ts";
import { assertClose } from "./assert_close.ts";

Deno.test("a reader of images has PyTorch's logits", () => {
  using parameters = createParameters(
    imageReaderSpecs({ side: 8, channels: 3, answers: [3, 2] }),
    drawWave,
  );
  const images = wave<tf.Rank.R4>([2, 8, 8, 3], 1.1);
  const logits = readImage(images, parameters.tree);
  // sums of 27, 144, 288, 64 and 128 products
  logits.forEach((one, i) =>
    assertClose(one, golden.logits[i]!, { roundings: 651, name: `logits ${i}` })
  );
});

Deno.test("imageReaderSpecs() refuses sides that cannot be halved three times", () => {
  assertThrows(
    () => imageReaderSpecs({ side: 12, channels: 3, answers: [2] }),
    RangeError,
    "Expected the side to be a multiple of 8 but found 12",
  );
});
