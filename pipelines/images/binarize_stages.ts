/**
 * The stages that make grey images black and white.
 * @module
 */
import type {
  Binarization,
  BinaryImages,
  GreyImages,
  PixelImages,
} from "./images.ts";
import { type Entries, type Stage, stage } from "../core/stage.ts";
import { binarizeAll } from "./binarize.ts";

/** What a binarization reads. */
export interface Grey {
  /** Grey images. */
  readonly grey: GreyImages;
}

/** What a binarization adds. */
export interface Binary {
  /** Black and white images. */
  readonly images: BinaryImages;
}

/** Binarizes by `threshold`: grey / 255 > 0.5. */
export const threshold: Stage<Grey, Binary> = fixed("threshold");

/** Binarizes by `stochastic`: Bernoulli with the grey value, to be redrawn each epoch. */
export const stochastic: Stage<Grey, Binary> = fixed("stochastic");

/** Binarizes by `threshold-128-14x14`: every second pixel, grey > 128. */
export const threshold14x14: Stage<Grey, Binary> = fixed("threshold-128-14x14");

/** Binarizes by the convention that the run's config names. */
export const binarize: Stage<
  Grey & { readonly binarization: Binarization },
  Binary
> = stage("binarize", {
  needs: ["grey", "binarization"],
  adds: adds(),
}, ({ grey, binarization }, { describe }) => {
  describe({ binarization });
  return { images: binarizeAll(grey, binarization) };
});

/** Binarizes by the convention that the run's config names, or leaves the images grey. */
export const choosePixels: Stage<
  Grey & { readonly pixels: PixelImages["binarization"] },
  { readonly images: PixelImages }
> = stage("choose-pixels", {
  needs: ["grey", "pixels"],
  adds: { images: "images 0 or 1, or grey 0 ... 255: train, validation, test" },
}, ({ grey, pixels }) => {
  if (pixels !== "none") return { images: binarizeAll(grey, pixels) };
  const redraw = () => grey.train;
  return { images: { ...grey, binarization: pixels, redraw } };
});

function fixed(binarization: Binarization): Stage<Grey, Binary> {
  return stage(binarization, {
    needs: ["grey"],
    adds: adds(),
  }, ({ grey }, { describe }) => {
    describe({ binarization });
    return { images: binarizeAll(grey, binarization) };
  });
}

function adds(): Entries<Grey, Binary>["adds"] {
  return {
    images:
      "binary images 0 or 1, [count, rows, columns]: train, validation, test",
  };
}
