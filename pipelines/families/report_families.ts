/**
 * The stage that writes the table of families, and says in words what it shows.
 * @module
 */
import type { Summary } from "../core/run/summary.ts";
import type { DatasetInfo } from "../core/data/dataset_info.ts";
import { type Stage, stage } from "../core/stage.ts";
import {
  type FeatureWords,
  featureWords,
  mnistWords,
} from "../images/features/feature_words.ts";
import type { GreyImages } from "../images/images.ts";
import { leaveReport } from "../words/leave_report.ts";
import { plusMinus } from "../words/plus_minus.ts";
import type { FamilyRow } from "./measure_families.ts";

const HEAD = [
  "family",
  "bits for each pixel",
  "of images",
  "Fréchet distance",
  "precision",
  "recall",
  "classes",
  "confidence",
  "nearest training image",
  "samples/s",
  "parameters",
  "training, s",
  "whole run, s",
];

/** Leaves `table.md` and a paragraph in `report.txt`, both computed from the rows. */
export const reportFamilies: Stage<
  {
    readonly rows: readonly FamilyRow[];
    readonly grey: GreyImages;
    readonly dataset: DatasetInfo;
  },
  { readonly summary: Summary }
> = stage("summarize", {
  needs: ["rows", "grey", "dataset"],
  adds: { summary: "the table's numbers by name" },
}, async ({ rows, grey, dataset }, context) => {
  const words = featureWords(grey, dataset);
  await context.artifacts.file("table.md", familyTable(rows));
  await leaveReport(
    [
      distanceSentence(rows, words),
      bitsSentence(rows),
      nearestSentence(rows),
    ].filter((text) => text !== ""),
    context,
  );
  return { summary: Object.assign({}, ...rows.map(rowNumbers)) };
});

/** The table in Markdown. */
export function familyTable(rows: readonly FamilyRow[]): string {
  const lines = [HEAD, HEAD.map(() => "---"), ...rows.map(cellsOf)];
  return lines.map((cells) => `| ${cells.join(" | ")} |`).join("\n") + "\n";
}

function cellsOf(row: FamilyRow): readonly string[] {
  const { quality, bits, parameters, perSecond } = row;
  const rounded = (value: number | undefined) =>
    value === undefined ? "" : Math.round(value).toLocaleString("en");
  return [
    row.title,
    bits === undefined ? "" : plusMinus({
      mean: bits.bits,
      standardError: bits.standardError ?? NaN,
    }),
    row.bitsOf ?? "",
    plusMinus(quality.frechet),
    quality.precision.toFixed(2),
    quality.recall.toFixed(2),
    String(quality.classes),
    quality.confidence.toFixed(3),
    plusMinus(row.nearest),
    rounded(perSecond),
    rounded(parameters),
    rounded(row.trainingSeconds),
    rounded(row.seconds),
  ];
}

/** Says whose samples are nearest to the data, and what real images have. */
export function distanceSentence(
  rows: readonly FamilyRow[],
  { reference, note }: FeatureWords = mnistWords,
): string {
  const real = rows.at(-1);
  const families = rows.slice(0, -1)
    .toSorted((a, b) => a.quality.frechet.mean - b.quality.frechet.mean);
  if (real === undefined || families.length === 0) return "";
  const parts = families.map(({ title, quality }) =>
    `${title} ${plusMinus(quality.frechet)} (${
      quality.count.toLocaleString("en")
    } samples, precision ${quality.precision.toFixed(2)}, recall ${
      quality.recall.toFixed(2)
    })`
  );
  return `Fréchet distances of samples to ${reference}, in the same features: ${
    parts.join("; ")
  }; ${real.title} ${
    plusMinus(real.quality.frechet)
  }. Distances of fewer samples are greater by a little.${note && ` ${note}`}`;
}

/** Says the likelihoods, those of one kind of images together. */
export function bitsSentence(rows: readonly FamilyRow[]): string {
  const kinds = [...new Set(rows.flatMap((row) => row.bitsOf ?? []))];
  const parts = kinds.map((kind) => {
    const own = rows.flatMap(({ bitsOf, bits, title }) =>
      bitsOf === kind && bits !== undefined
        ? [`${title} ${bits.bits.toFixed(4)}`]
        : []
    );
    return `of images in ${kind}: ${own.join(", ")}`;
  });
  const none = rows.slice(0, -1).filter(({ bits }) => bits === undefined)
    .map(({ title }) => title);
  const without = none.length > 0
    ? ` ${none.join(" and ")} ${
      none.length > 1 ? "have" : "has"
    } no likelihood.`
    : "";
  if (parts.length === 0) return without.trim();
  return `Bits for each pixel, ${
    parts.join("; ")
  }. Numbers of different images cannot be compared.${without}`;
}

/** Says how far samples are from the training images, beside real images that were not learned from. */
export function nearestSentence(rows: readonly FamilyRow[]): string {
  const real = rows.at(-1);
  const families = rows.slice(0, -1);
  if (real === undefined || families.length === 0) return "";
  const near = families.filter(({ closest }) => closest < real.closest / 2);
  const parts = families.map(({ title, nearest }) =>
    `${title} ${plusMinus(nearest)}`
  );
  const verdict = near.length === 0
    ? "No family has a sample that is twice as near to a training image as the nearest of these."
    : `${
      near.map(({ title }) => title).join(" and ")
    } has a sample that is more than twice as near to a training image as the nearest of these: look at the figure.`;
  return `Root mean square difference of samples to their nearest training images: ${
    parts.join(", ")
  }; ${real.title} ${plusMinus(real.nearest)}, the nearest ${
    real.closest.toFixed(3)
  }. ${verdict}`;
}

function rowNumbers(row: FamilyRow): Summary {
  const { name, quality, nearest, bits, parameters } = row;
  const numbers: Record<string, number | undefined> = {
    bitsPerDim: bits?.bits,
    bitsPerDimStdErr: bits?.standardError,
    frechetDistance: quality.frechet.mean,
    frechetDistanceStdErr: quality.frechet.standardError,
    precision: quality.precision,
    recall: quality.recall,
    classes: quality.classes,
    confidence: quality.confidence,
    entropyBits: quality.entropyBits,
    samples: quality.count,
    nearestDistance: nearest.mean,
    nearestDistanceStdErr: nearest.standardError,
    closestDistance: row.closest,
    samplesPerSecond: row.perSecond,
    trainingSeconds: row.trainingSeconds,
    parameters,
  };
  return Object.fromEntries(
    Object.entries(numbers).flatMap(([key, value]) =>
      value === undefined ? [] : [[`${name}/${key}`, value] as const]
    ),
  );
}
