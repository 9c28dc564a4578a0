/**
 * The stage that leaves drawn images for other runs.
 * @module
 */
import type { DatasetInfo } from "../../core/data/dataset_info.ts";
import { type Stage, stage } from "../../core/stage.ts";
import { featureWords } from "../../images/features/feature_words.ts";
import type { GreyImages } from "../../images/images.ts";
import { leaveSamples, toBytes } from "../../images/left_samples.ts";
import type { MnistPictures } from "./mnist_entries.ts";

/** Leaves the images that were drawn and measured, as many of each class as of any other. */
export const leaveDigits: Stage<
  {
    readonly grey: GreyImages;
    readonly dataset: DatasetInfo;
    readonly pictures: MnistPictures;
  },
  object
> = stage("leave-samples", {
  needs: ["grey", "dataset", "pictures"],
  adds: {},
}, async ({ grey, dataset, pictures }, context) => {
  const { rows, columns } = grey.test;
  const { things } = featureWords(grey, dataset);
  await leaveSamples({
    pixels: toBytes(pictures.digits.map((value) => (value + 1) / 2)),
    rows,
    columns,
    made: `${things} drawn class by class, from noise`,
  }, context);
  return {};
});
