/**
 * The stage that compares the noise of gradient estimators.
 * @module
 */
import type * as tf from "@tensorflow/tfjs";
import { compile } from "../../../compile/compile.ts";
import { valueAndGradients } from "../../../models/gradients/value_and_gradients.ts";
import {
  type BoundGradient,
  type BoundKind,
  sampledBound,
} from "../../../models/objectives/sampled_bound.ts";
import type { Owned } from "../../../models/parameters/parameters.ts";
import type { RunContext } from "../../core/context.ts";
import { fold } from "../../core/random/key.ts";
import { normal } from "../../core/random/normal.ts";
import { type Stage, stage } from "../../core/stage.ts";
import type { BinaryImages, ImageSplit } from "../../images/images.ts";
import type { SampledVae } from "../sampled_vae.ts";
import { imageBlocks } from "../../images/image_blocks.ts";
import { type GradientNoise, gradientNoise } from "./gradient_noise.ts";
import { type LatentSize, latentSize } from "../build_vae.ts";
import { type BoundTraining, boundTraining } from "./train_bound.ts";
import { count } from "../../core/task/fields.ts";
import { type Flags, only } from "../../core/task/flags.ts";

/** The noise of each gradient estimator that fits the objective, at one batch of images. */
export type GradientComparison = {
  readonly [Name in BoundGradient]?: GradientNoise;
};

/** How often to draw gradients. */
export interface GradientRequest {
  /** Draws of each gradient estimator, to compare their variance. */
  readonly gradientDraws: number;
}

/** The setting of `GradientRequest`, with its default and rule. */
export const gradientRequest: Flags<GradientRequest> = {
  gradientDraws: count(100, "draws of each gradient, to compare estimators", {
    min: 2,
    smoke: 10,
  }),
};

/** Measures the noise of the encoder's gradient at the trained weights: equal images and noise for each estimator. */
export const compareGradients: Stage<
  & Partial<LatentSize & GradientRequest>
  & Partial<Pick<BoundTraining, "objective" | "samples" | "batch">>
  & {
    readonly vae: Owned<SampledVae>;
    readonly images: BinaryImages;
  },
  { readonly gradients: GradientComparison }
> = stage("gradients", {
  needs: ["vae", "images"],
  settings: {
    ...latentSize,
    ...only(boundTraining, "objective", "samples", "batch"),
    ...gradientRequest,
  },
  adds: { gradients: "variance of the encoder's gradient by estimator" },
}, async ({ vae, images: { test }, objective, ...config }, context) => {
  const other = objective === "vae"
    ? "sticking-the-landing"
    : "doubly-reparameterized";
  const found: [BoundGradient, GradientNoise][] = [];
  for (const gradient of ["standard", other] as const) {
    const setting = { ...config, objective, gradient };
    found.push([gradient, await measure(vae, test, setting, context)]);
  }
  return { gradients: Object.fromEntries(found) };
});

async function measure(
  vae: Owned<SampledVae>,
  split: ImageSplit,
  { latent, objective: kind, samples, batch, gradientDraws, gradient }: {
    readonly latent: number;
    readonly objective: BoundKind;
    readonly samples: number;
    readonly batch: number;
    readonly gradientDraws: number;
    readonly gradient: BoundGradient;
  },
  { device, threads, key, signal }: RunContext,
): Promise<GradientNoise> {
  const encoder = Object.fromEntries(
    Object.entries(vae.variables)
      .filter(([name]) => name.startsWith("encoder/")),
  );
  using step = await compile(({ images, noise }) => {
    const { gradients } = valueAndGradients(
      () =>
        sampledBound(vae, images.cast("float32"), noise, { kind, gradient })
          .mean<tf.Scalar>(),
      encoder,
    );
    return gradients;
  }, {
    inputs: {
      images: {
        shape: [batch, split.rows * split.columns] as const,
        dtype: "bool",
      },
      noise: { shape: [samples, batch, latent] as const },
    },
    device,
    threads,
  });
  const [block] = imageBlocks(split, batch); // at least one; filled up where images are few
  return await gradientNoise(gradientDraws, async (draw) => {
    signal.throwIfAborted();
    const noise = normal(fold(key, draw), samples * batch * latent);
    const found = await step.run({ images: block!.pixels, noise });
    return Object.values(found).map(({ data }) => data);
  });
}
