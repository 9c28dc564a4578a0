/**
 * The stage that names the numbers of convolutional players and perceptrons, and says what they show.
 * @module
 */
import type { Summary } from "../../core/run/summary.ts";
import type { DatasetInfo } from "../../core/data/dataset_info.ts";
import { type Stage, stage } from "../../core/stage.ts";
import {
  type FeatureWords,
  featureWords,
  mnistWords,
} from "../../images/features/feature_words.ts";
import type { GreyImages } from "../../images/images.ts";
import { leaveReport } from "../../words/leave_report.ts";
import { percent } from "../../words/percent.ts";
import { plusMinus } from "../../words/plus_minus.ts";
import { qualityNumbers } from "../summarize_gan.ts";
import type { GanCase } from "./gan_case.ts";
import { counted } from "../../words/counted.ts";

/** Names the numbers of each game, and leaves a text about them in `report.txt`. */
export const reportDcgan: Stage<
  {
    readonly games: readonly GanCase[];
    readonly pace: number;
    readonly grey: GreyImages;
    readonly dataset: DatasetInfo;
  },
  { readonly summary: Summary }
> = stage("summarize", {
  needs: ["games", "pace", "grey", "dataset"],
  adds: { summary: "the run's numbers by name" },
}, async ({ games, pace, grey, dataset }, context) => {
  const words = featureWords(grey, dataset);
  await leaveReport(
    [
      paceSentence(pace),
      ...games.map((one) => caseSentence(one, words)),
      winnerSentence(games, words),
      words.note,
    ].filter((sentence) => sentence !== ""),
    context,
  );
  return {
    summary: {
      pace,
      ...Object.assign({}, ...games.map(caseNumbers)),
    },
  };
});

/** Says how long both architectures take. */
export function paceSentence(pace: number): string {
  return `A turn with convolutions takes ${
    pace.toFixed(1)
  } times as long as one of perceptrons.`;
}

/** Says what one game reached. */
export function caseSentence(
  one: GanCase,
  words: FeatureWords = mnistWords,
): string {
  const { frechetDistance, precision, recall, classes, confidence } =
    one.quality;
  const found = words.classes === "known"
    ? counted(classes, "class")
    : `taken for ${classes} digits`;
  return `${one.title}, ${one.parameters.toLocaleString("en")} parameters, ${
    counted(one.epochs, "epoch")
  }: Fréchet distance ${plusMinus(frechetDistance)}, precision ${
    percent(precision, 0)
  }, recall ${percent(recall, 0)}, ${found}, confidence ${
    confidence.toFixed(3)
  }.`;
}

/** Says which architecture is nearer to the data after equal time, and by how much; it is one seed. */
export function winnerSentence(
  games: readonly GanCase[],
  { reference }: FeatureWords = mnistWords,
): string {
  const conv = games.find(({ architecture }) => architecture === "conv");
  const mlp = games.findLast(({ architecture }) => architecture === "mlp");
  if (conv === undefined || mlp === undefined) return "";
  const [a, b] = [conv, mlp].map(({ quality }) => quality.frechetDistance);
  const ratio = b!.mean / a!.mean; // of two
  const nearer = ratio > 1 ? "convolutions are" : "perceptrons are";
  return `After equal time ${nearer} nearer to ${
    reference === "test images" ? "the test images" : reference
  }, by a factor of ${
    Math.max(ratio, 1 / ratio).toFixed(2)
  } in the Fréchet distance, in one training of each.`;
}

function caseNumbers(one: GanCase): Summary {
  const path = one.title.replaceAll(" ", "-");
  const numbers = Object.entries(qualityNumbers(one.quality))
    .filter(([name]) => name.startsWith("samples/"))
    .map(([name, value]) => [name.replace("samples/", `${path}/`), value]);
  return {
    [`${path}/parameters`]: one.parameters,
    [`${path}/epochs`]: one.epochs,
    ...Object.fromEntries(numbers),
  };
}
