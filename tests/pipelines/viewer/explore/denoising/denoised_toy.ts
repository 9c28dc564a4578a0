import type { Denoised } from "../../../../../pipelines/viewer/explore/denoising/denoised.ts";

/** Two images of 2 x 3 pixels for each of three classes, in four moments; each image of each moment is of one grey. */
export const denoised: Denoised = {
  title: "a toy",
  about: "about it",
  rows: 2,
  columns: 3,
  classes: ["a", "b", "c"],
  each: 2,
  moments: [0, 1, 2, 3].map((moment) => {
    const grey = (shift: number) =>
      Uint8Array.from(
        { length: 6 * 6 },
        (_, i) => shift + 40 * moment + 5 * Math.floor(i / 6),
      );
    return {
      timestep: 30 - 10 * moment,
      signal: moment / 3,
      spread: 1 - moment / 3,
      noisy: grey(0),
      predicted: grey(100),
    };
  }),
};
