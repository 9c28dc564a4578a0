/**
 * The stage that leaves drawn digits for other runs.
 * @module
 */
import { type Stage, stage } from "../../core/stage.ts";
import type { GreyImages } from "../../images/images.ts";
import { leaveSamples, toBytes } from "../../images/left_samples.ts";
import type { MnistPictures } from "./mnist_entries.ts";

/** Leaves the digits that were drawn and measured, as many of each class as of any other. */
export const leaveDigits: Stage<
  { readonly grey: GreyImages; readonly pictures: MnistPictures },
  object
> = stage("leave-samples", {
  needs: ["grey", "pictures"],
  adds: {},
}, async ({ grey: { test: { rows, columns } }, pictures }, context) => {
  await leaveSamples({
    pixels: toBytes(pictures.digits.map((value) => (value + 1) / 2)),
    rows,
    columns,
    made: "digits drawn class by class, from noise",
  }, context);
  return {};
});
