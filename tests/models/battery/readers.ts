/**
 * Networks that read images, as the battery sees them.
 * @module
 */
import type * as tf from "@tensorflow/tfjs";
import {
  classifyDigits,
  digitClassifierSpecs,
} from "../../../models/digit_classifier.ts";
import { imageReaderSpecs, readImage } from "../../../models/image_reader.ts";
import { wave } from "../../golden/waves.ts";
import { type Family, ofSpecs } from "./subject.ts";

/** Small ones of each kind. */
export const readers: readonly Family[] = [
  {
    name: "digit classifier",
    create: (draw) =>
      ofSpecs(
        { specs: digitClassifierSpecs(), draw },
        ({ images }, parameters) => ({
          ...classifyDigits(images!.as2D(2, 784), parameters),
        }),
      ),
    inputs: () => ({ images: wave<tf.Rank.R2>([2, 784], 1.1) }),
    shapes: { features: [2, 64], logits: [2, 10] },
  },
  {
    name: "image reader",
    create: (draw) =>
      ofSpecs(
        {
          specs: imageReaderSpecs({ side: 8, channels: 3, answers: [3, 2] }),
          draw,
        },
        ({ images }, parameters) => {
          const [first, second] = readImage(
            images!.as4D(2, 8, 8, 3),
            parameters,
          );
          return { first: first!, second: second! };
        },
      ),
    inputs: () => ({ images: wave<tf.Rank.R2>([2, 192], 1.1) }),
    shapes: { first: [2, 3], second: [2, 2] },
  },
];
