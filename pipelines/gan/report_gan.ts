/**
 * The stage that says in words what a game's run shows.
 * @module
 */
import { equilibrium } from "../../models/adversarial/adversarial_losses.ts";
import type { DatasetInfo } from "../core/data/dataset_info.ts";
import { type Stage, stage } from "../core/stage.ts";
import {
  type FeatureWords,
  featureWords,
  mnistWords,
} from "../images/features/feature_words.ts";
import type { GreyImages } from "../images/images.ts";
import type { Training } from "../training/training.ts";
import { leaveReport } from "../words/leave_report.ts";
import { percent } from "../words/percent.ts";
import { plusMinus } from "../words/plus_minus.ts";
import type { GeneratorQuality } from "./evaluate_samples.ts";
import { type GanLosses, ganLosses } from "./gan_settings.ts";
import { epochMean } from "./summarize_gan.ts";

/** Leaves a text in `report.txt`, computed from the run's numbers. */
export const reportGan: Stage<
  Partial<GanLosses> & {
    readonly training: Training;
    readonly quality: GeneratorQuality;
    readonly grey: GreyImages;
    readonly dataset: DatasetInfo;
  },
  object
> = stage("report", {
  needs: ["training", "quality", "grey", "dataset"],
  settings: ganLosses,
  adds: {},
}, async ({ training, quality, grey, dataset, ...losses }, context) => {
  const words = featureWords(grey, dataset);
  await leaveReport(
    [
      qualitySentence(quality, words),
      classSentence(quality, words),
      lossSentence(training, losses),
    ],
    context,
  );
  return {};
});

/** Says how far samples are from test images, and how far real images are. */
export function qualitySentence(
  quality: GeneratorQuality,
  { reference, note }: FeatureWords = mnistWords,
): string {
  const { frechetDistance, samples, precision, recall } = quality;
  const { realDistance, realImages } = quality;
  const real = realImages === samples
    ? "real images"
    : `${realImages.toLocaleString("en")} real images`; // fewer have a greater distance
  return `Fréchet distance of ${
    samples.toLocaleString("en")
  } samples to ${reference}: ${plusMinus(frechetDistance)}; ${real} have ${
    realDistance.toFixed(1)
  }. ${
    percent(precision, 0)
  } of the samples lie among test images (precision), ${
    percent(recall, 0)
  } of the test images among samples (recall).${note && ` ${note}`}`;
}

/** Says which classes the samples show, and warns of a count without confidence, or of other classes. */
export function classSentence(
  { classes, shares, confidence, klToUniform }: GeneratorQuality,
  words: FeatureWords = mnistWords,
): string {
  if (words.classes === "unknown") {
    return `A classifier of MNIST's digits takes at least 1 % of the samples for each of ${classes} digits, of 10, with a mean confidence of ${
      confidence.toFixed(3)
    }: it knows none of the classes of this data.`;
  }
  const rarest = shares.indexOf(Math.min(...shares));
  const commonest = shares.indexOf(Math.max(...shares));
  const share = (digit: number) => percent(shares[digit]!); // one for each digit
  return `The classifier finds ${classes} of 10 classes in at least 1 % of the samples each, most often ${commonest} (${
    share(commonest)
  }) and least often ${rarest} (${share(rarest)}), KL to equal shares ${
    klToUniform.toFixed(3)
  } nats, with a mean confidence of ${
    confidence.toFixed(3)
  }: a count of classes says little where the confidence is low.`;
}

/** Says how losses and distances moved together, or apart. */
export function lossSentence(
  { history }: Training,
  { smoothing, loss }: GanLosses,
): string {
  const distances = history.flatMap(({ epoch, values }) => {
    const distance = values["samples/frechetDistance"];
    return distance === undefined || epoch === 0 ? [] : [{ epoch, distance }];
  });
  const first = distances.at(0);
  const last = distances.at(-1);
  const balanced = equilibrium(smoothing, loss);
  if (first === undefined || last === undefined || first === last) {
    return `At equal densities the losses would be ${
      balanced.discriminatorLoss.toFixed(3)
    } and ${balanced.generatorLoss.toFixed(3)} nats.`;
  }
  const at = (epoch: number) =>
    (["generatorLoss", "discriminatorLoss"] as const)
      .map((name) => epochMean(history, name, epoch).toFixed(3));
  const [generatorFirst, discriminatorFirst] = at(first.epoch);
  const [generatorLast, discriminatorLast] = at(last.epoch);
  return `From epoch ${first.epoch} to ${last.epoch} the distance went from ${
    first.distance.toFixed(1)
  } to ${
    last.distance.toFixed(1)
  }, the generator's loss from ${generatorFirst} to ${generatorLast} nats and the discriminator's from ${discriminatorFirst} to ${discriminatorLast}; at equal densities they would be ${
    balanced.generatorLoss.toFixed(3)
  } and ${
    balanced.discriminatorLoss.toFixed(3)
  }. A loss measures a player against the other, not the samples.`;
}
