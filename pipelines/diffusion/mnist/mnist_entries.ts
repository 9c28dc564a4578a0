/**
 * What is measured and drawn of a trained diffusion model.
 * @module
 */
import type { SampleQuality } from "../../images/features/sample_quality.ts";
import type { HistogramBits } from "../../images/grey_histogram.ts";
import type { ImageError } from "../noise_error.ts";

/** What was measured. */
export interface MnistMeasures {
  /** On test images, by timestep. */
  readonly errors: readonly ImageError[];
  /** What counting reaches on the images of the bound. */
  readonly yardsticks: HistogramBits;
  /** Quality of the drawn digits. */
  readonly quality: SampleQuality;
}

/** Pictures of one moment of training, or of drawing. */
export interface PictureRow {
  /** Such as "after 250 updates". */
  readonly title: string;
  /** From -1 to 1 and beyond, [image, pixel]. */
  readonly images: Float32Array;
}

/** What was drawn. */
export interface MnistPictures {
  /** The ten digits at moments of the training. */
  readonly moments: readonly PictureRow[];
  /** Some digits on their way from noise, by visit. */
  readonly strip: readonly PictureRow[];
  /** The drawn digits that were measured. */
  readonly digits: Float32Array;
}
