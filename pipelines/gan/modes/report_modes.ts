/**
 * The stage that names the numbers of the study of modes, and says in words what they show.
 * @module
 */
import type { Summary } from "../../core/run/summary.ts";
import { type Stage, stage } from "../../core/stage.ts";
import {
  type FeatureWords,
  featureWords,
  mnistWords,
} from "../../images/features/feature_words.ts";
import type { GreyImages } from "../../images/images.ts";
import { leaveReport } from "../../words/leave_report.ts";
import { plusMinus } from "../../words/plus_minus.ts";
import {
  gamesOf,
  type ImageRun,
  kindsOf,
  type ModeStudy,
  modeStudyNames,
  pathOf,
  type PathPoint,
  type RingRun,
} from "./mode_study.ts";
import { remedy, ringStrength } from "./remedies.ts";

const RING = ["ring/modes", "ring/quality", "ring/klToUniform"] as const;
const IMAGES = [
  "samples/classes",
  "samples/klToUniform",
  "samples/confidence",
  "samples/frechetDistance",
] as const;

/** Names the numbers at the end of all games, and leaves a text about them in `report.txt`. */
export const reportModes: Stage<
  ModeStudy & { readonly grey: GreyImages },
  { readonly summary: Summary }
> = stage("summarize", {
  needs: [...modeStudyNames, "grey"],
  adds: { summary: "the run's numbers by name" },
}, async ({ ringRuns, imageRuns, grey, dataset }, context) => {
  const sentences = [
    ringSentence(ringRuns),
    jumpSentence(ringRuns),
    imageSentence(imageRuns, featureWords(grey, dataset)),
  ].filter((sentence) => sentence !== "");
  await leaveReport(sentences, context);
  return {
    summary: {
      ...numbersOf("ring", RING, ringRuns, "step"),
      ...numbersOf("images", IMAGES, imageRuns, "epoch"),
    },
  };
});

/** Says how the games ended on the ring. */
export function ringSentence(runs: readonly RingRun[]): string {
  const parts = kindsOf(runs).flatMap((kind) => {
    const own = gamesOf(runs, kind);
    const modes = last(own, "ring/modes", "step");
    const quality = last(own, "ring/quality", "step");
    if (!modes || !quality) return [];
    const percent = {
      least: Math.round(100 * quality.least),
      greatest: Math.round(100 * quality.greatest),
    };
    return `${title(kind)}: ${between(modes)} and ${between(percent)} %`;
  });
  const [first] = runs;
  if (first === undefined) return "";
  const games = gamesOf(runs, first.remedy).length;
  const spread = games === 1
    ? "in one game each"
    : `from the least to the greatest of ${games} games each`;
  return `On a ring of eight Gaussians, modes found and samples within three deviations of a centre after ${
    first.training.steps.toLocaleString("en")
  } turns, ${spread}: ${parts.join("; ")}.`;
}

/** Says how far the count of modes jumps between two measurements of a game. */
export function jumpSentence(runs: readonly RingRun[]): string {
  const jumps = runs.flatMap(({ training }) => {
    const counts = training.history.flatMap(({ values }) =>
      values["ring/modes"] ?? []
    );
    return counts.slice(1).map((count, i) => Math.abs(count - counts[i]!));
  });
  const largest = Math.max(0, ...jumps);
  if (largest === 0) return "";
  return `From one measurement to the next the count of modes jumps by up to ${largest}: a single number at the end says little of a kind of game, the path over several games more.`;
}

/** Says how the games ended on images. */
export function imageSentence(
  runs: readonly ImageRun[],
  words: FeatureWords = mnistWords,
): string {
  const parts = kindsOf(runs).flatMap((kind) => {
    const [classes, kl, confidence, distance] = IMAGES.map((name) =>
      last(gamesOf(runs, kind), name, "epoch")
    );
    if (!classes || !kl || !confidence || !distance) return [];
    return `${title(kind)}: ${between(classes)}, ${plusMinus(kl)} nats, ${
      plusMinus(confidence)
    }, ${plusMinus(distance)}`;
  });
  const [first] = runs;
  if (first === undefined) return "";
  const epochs = first.training.history.at(-1)?.epoch ?? 0;
  const found = words.classes === "known"
    ? "classes covered of 10, KL of classes to equal shares"
    : "MNIST's digits that samples are taken for, of 10, KL of these to equal shares";
  return `On images, after epoch ${epochs}: ${found}, confidence of the classifier, and Fréchet distance${
    words.reference === "test images" ? "" : ` to ${words.reference}`
  }: ${parts.join("; ")}.${words.note && ` ${words.note}`}`;
}

function last(
  runs: Parameters<typeof pathOf>[0],
  name: string,
  along: "step" | "epoch",
): PathPoint | undefined {
  return pathOf(runs, name, along).at(-1);
}

function between(
  { least, greatest }: Pick<PathPoint, "least" | "greatest">,
): string {
  return least === greatest ? `${least}` : `${least} to ${greatest}`;
}

function numbersOf(
  place: string,
  names: readonly string[],
  runs: readonly (RingRun | ImageRun)[],
  along: "step" | "epoch",
): Summary {
  return Object.fromEntries(
    kindsOf(runs).flatMap((kind) =>
      names.flatMap((name) => {
        const point = last(gamesOf(runs, kind), name, along);
        const path = `${place}/${kind}/${name.replace(/^.*\//, "")}`;
        return point
          ? [[path, point.mean], [
            `${path}StdErr`,
            point.standardError,
          ]] as const
          : [];
      })
    ),
  );
}

function title(kind: Parameters<typeof remedy>[0]): string {
  return remedy(kind, ringStrength).title;
}
