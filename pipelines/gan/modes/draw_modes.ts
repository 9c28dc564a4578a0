/**
 * The stage that draws how many modes each kind of game finds.
 * @module
 */
import { historyPoints } from "../../charts/history_points.ts";
import { lineChart, type LineSeries } from "../../charts/line_chart.ts";
import { subtitleOf } from "../../charts/subtitle.ts";
import type { FigureFiles, RunContext } from "../../core/context.ts";
import { type Stage, stage } from "../../core/stage.ts";
import { featureWords } from "../../images/features/feature_words.ts";
import type { GreyImages } from "../../images/images.ts";
import { classPanels } from "../draw_sample_quality.ts";
import { drawRing } from "./draw_ring.ts";
import {
  gamesOf,
  kindsOf,
  type ModeStudy,
  modeStudyNames,
  pathOf,
} from "./mode_study.ts";
import { remedy, ringStrength } from "./remedies.ts";

const paths = [
  {
    name: "ring_modes",
    measured: "ring/modes",
    title: "Modes found, of 8",
    domain: [0, 8.4] as const,
  },
  {
    name: "ring_quality",
    measured: "ring/quality",
    title: "Part of the samples within 3 deviations of a centre",
    domain: [0, 1] as const,
  },
];

/** Draws modes and good samples over turns, the samples at the end, and the classes of images over epochs. */
export const drawModes: Stage<
  ModeStudy & { readonly grey: GreyImages },
  object
> = stage("draw", {
  needs: [...modeStudyNames, "grey"],
  adds: {},
}, async (study, context) => {
  const { artifacts } = context;
  for (const figure of paths) {
    await artifacts.figure(await drawPaths(study, context, figure));
  }
  await artifacts.figure(await drawRing(study.ringRuns, context));
  if (study.imageRuns.length > 0) {
    await artifacts.figure(await drawClasses(study, context));
  }
  return {};
});

function drawPaths(
  { ringRuns }: ModeStudy,
  { path }: RunContext,
  { name, measured, title, domain }: typeof paths[number],
): Promise<FigureFiles> {
  return lineChart({
    name,
    title,
    subtitle: `${path[0]}: a ring of eight Gaussians; each line is a game`,
    x: { title: "turns" },
    y: { title: "", domain },
    series: kindsOf(ringRuns).flatMap((kind) =>
      gamesOf(ringRuns, kind).map((run): LineSeries => ({
        label: `game ${run.seed + 1}`,
        panel: titleOf(kind),
        points: historyPoints(run.training.history, measured),
      }))
    ),
  });
}

function drawClasses(
  { imageRuns, dataset, grey }: ModeStudy & { readonly grey: GreyImages },
  context: RunContext,
): Promise<FigureFiles> {
  const words = featureWords(grey, dataset);
  const { classes, klToUniform, confidence } = classPanels(words);
  const panels = {
    "samples/classes": classes,
    "samples/klToUniform": klToUniform,
    "samples/confidence": confidence,
    "samples/frechetDistance": words.reference === "test images"
      ? "Fréchet distance"
      : `Fréchet distance to ${words.reference}`,
  };
  const isOne = kindsOf(imageRuns).every((kind) =>
    gamesOf(imageRuns, kind).length === 1
  );
  return lineChart({
    name: "image_classes",
    title: "Games on images, as a classifier sees their samples",
    subtitle: subtitleOf(dataset, context) +
      (isOne ? "" : "; bands from the least to the greatest game"),
    x: { title: "epochs", whole: true },
    y: { title: "" },
    panelRange: "own",
    series: Object.entries(panels).flatMap(([name, panel]): LineSeries[] =>
      kindsOf(imageRuns).map((kind) => ({
        label: titleOf(kind),
        panel,
        points: pathOf(gamesOf(imageRuns, kind), name, "epoch")
          .filter(({ at }) => at > 0) // before training all are alike, and far away
          .map(({ at, mean, least, greatest }) => ({
            x: at,
            y: mean,
            lower: least,
            upper: greatest,
          })),
      }))
    ),
  });
}

function titleOf(kind: Parameters<typeof remedy>[0]): string {
  return remedy(kind, ringStrength).title;
}
