/**
 * The stage that draws the study of attention.
 * @module
 */
import { intervalChart } from "../../charts/interval_chart.ts";
import { lineChart } from "../../charts/line_chart.ts";
import { subtitleOf } from "../../charts/subtitle.ts";
import type { RunContext } from "../../core/context.ts";
import type { DatasetInfo } from "../../core/data/dataset_info.ts";
import { type Stage, stage } from "../../core/stage.ts";
import { meanAndError } from "../../statistics/mean_and_error.ts";
import type { CaseMeasures } from "./measure_case.ts";
import type { CaseKind, KindResult } from "./study_cases.ts";
import { attentionOf, measuresOf, overSeeds } from "./study_numbers.ts";

/** Draws BLEU against length, the losses and costs of teacher forcing, and where attention goes. */
export const drawStudy: Stage<
  {
    readonly results: readonly KindResult[];
    readonly dataset: DatasetInfo;
  },
  object
> = stage("draw", {
  needs: ["results", "dataset"],
  adds: {},
}, async ({ results, dataset }, context) => {
  const subtitle = `${
    subtitleOf(dataset, context)
  } · bands and bars: ± one standard error over seeds`;
  await drawLengths(results, subtitle, context);
  await drawLosses(results, subtitle, context);
  await drawExposure(results, subtitle, context);
  await drawAttention(results, subtitle, context);
  return {};
});

type Results = readonly KindResult[];

interface Position {
  readonly x: number;
  readonly y: number;
}

/** Means of the points that all seeds have, one behind another. */
function meanPoints(
  seeds: readonly CaseMeasures[],
  points: (measures: CaseMeasures) => readonly Position[],
) {
  const all = seeds.map(points);
  const count = Math.min(...all.map(({ length }) => length));
  return Array.from({ length: count }, (_, i) => {
    const { mean, standardError } = meanAndError(all.map((one) => one[i]!.y)); // all have as many
    const { x } = all[0]![i]!; // as above
    return {
      x,
      y: mean,
      lower: mean - standardError,
      upper: mean + standardError,
    };
  });
}

async function drawLengths(
  results: Results,
  subtitle: string,
  { artifacts }: RunContext,
): Promise<void> {
  const kinds = ["attention", "no source end", "no attention"] as const;
  await artifacts.figure(
    await lineChart({
      name: "bleu-by-length",
      title: "BLEU against the length of the source",
      subtitle,
      x: { title: "source words (mean of the bin)" },
      y: { title: "BLEU, lower case, greedy" },
      series: kinds.map((kind) => ({
        label: kind,
        points: meanPoints(
          measuresOf(results, kind),
          ({ byLength }) =>
            byLength.map(({ meanLength, bleu }) => ({
              x: meanLength,
              y: bleu.score,
            })),
        ),
      })),
    }),
  );
}

const FORCING: readonly (readonly [CaseKind, string])[] = [
  ["attention", "teacher forcing 1"],
  ["forcing 0.5", "teacher forcing 0.5"],
  ["forcing 0", "teacher forcing 0"],
];

async function drawLosses(
  results: Results,
  subtitle: string,
  { artifacts }: RunContext,
): Promise<void> {
  await artifacts.figure(
    await lineChart({
      name: "forcing-loss",
      title: "Training loss by the share of true words that the decoder reads",
      subtitle,
      x: { title: "weight updates" },
      y: { title: "nats per target token" },
      series: FORCING.map(([kind, label]) => ({
        label,
        points: meanPoints(
          measuresOf(results, kind),
          ({ losses }) =>
            losses.map(({ step, loss }) => ({ x: step, y: loss })),
        ),
      })),
    }),
  );
}

async function drawExposure(
  results: Results,
  subtitle: string,
  { artifacts }: RunContext,
): Promise<void> {
  await artifacts.figure(
    await lineChart({
      name: "exposure",
      title: "What the truth costs after true words and after the model's own",
      subtitle,
      x: { title: "words before" },
      y: { title: "nats per token" },
      series: FORCING.flatMap(([kind, label]) =>
        (["forced", "own"] as const).map((prefix) => ({
          label: `${label}, ${prefix === "own" ? "own" : "true"} words`,
          colorOf: `${label}, true words`,
          dash: prefix === "own" ? "dashed" as const : "solid" as const,
          points: meanPoints(
            measuresOf(results, kind),
            ({ exposure }) =>
              exposure.map((one) => ({ x: one.position, y: one[prefix] })),
          ),
        }))
      ),
    }),
  );
}

async function drawAttention(
  results: Results,
  subtitle: string,
  { artifacts }: RunContext,
): Promise<void> {
  const steps = { first: "the first word", word: "words", end: "the end" };
  const places = {
    end: "the source's end",
    punctuation: "punctuation",
    lastWord: "the last word",
  };
  const rows = (["attention", "no source end"] as const).flatMap((kind) =>
    (["first", "word", "end"] as const).flatMap((step) =>
      (["end", "punctuation", "lastWord"] as const).flatMap((place) => {
        if (kind === "no source end" && place === "end") return [];
        const found = overSeeds(results, kind, attentionOf(step, place));
        if (!found) return [];
        const marks = kind === "attention" ? "" : ", no source end";
        const { mean, standardError } = found;
        return [{
          label: `${steps[step]} → ${places[place]}${marks}`,
          value: mean,
          ...standardError >= 0 && { // not known for one seed
            lower: mean - standardError,
            upper: mean + standardError,
          },
        }];
      })
    )
  );
  if (rows.length === 0) return;
  await artifacts.figure(
    await intervalChart({
      name: "attention-mass",
      title: "Where attention goes, by what is predicted",
      subtitle,
      x: { title: "share of the weight" },
      rows,
      decimals: 3,
    }),
  );
}
