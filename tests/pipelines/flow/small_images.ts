import { keyFrom } from "../../../pipelines/core/random/key.ts";
import { drawDigits } from "../../../pipelines/images/digits/built_in_digits.ts";
import type { FlowMnistConfig } from "../../../pipelines/flow/flow_mnist.ts";
import type { GreyImages } from "../../../pipelines/images/images.ts";

/** A few built-in digits. */
export const smallImages: GreyImages = {
  train: drawDigits(keyFrom(1), 60),
  validation: drawDigits(keyFrom(2), 10),
  test: drawDigits(keyFrom(3), 40),
};

/** A flow and a training that take seconds. */
export const smallFlow: Partial<FlowMnistConfig> = {
  ...{ hidden: 4, pixelCouplings: 2, channelCouplings: 2 },
  ...{ noiseCouplings: 2, noiseHidden: 4, margin: 1e-5 },
  ...{ updates: 6, batch: 10, learningRate: 5e-3, warmUp: 0, clip: 1 },
  ...{ recordEvery: 2, validateEvery: 3, validationImages: 10 },
};
