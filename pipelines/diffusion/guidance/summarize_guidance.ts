/**
 * The stage that names the numbers of guidance and negative classes, and tells them in sentences.
 * @module
 */
import type { DatasetInfo } from "../../core/data/dataset_info.ts";
import type { Summary } from "../../core/run/summary.ts";
import { type Stage, stage } from "../../core/stage.ts";
import { featureWords } from "../../images/features/feature_words.ts";
import { imageClasses } from "../../images/image_classes.ts";
import type { GreyImages } from "../../images/images.ts";
import { leaveReport } from "../../words/leave_report.ts";
import { percent } from "../../words/percent.ts";
import { plusMinus } from "../../words/plus_minus.ts";
import type {
  GuidanceCase,
  GuidanceRequest,
  NegativeCase,
} from "./compare_guidance.ts";

/** What was compared, and on which images. */
export interface Compared {
  readonly guidanceCases: readonly GuidanceCase[];
  readonly negativeCases: readonly NegativeCase[];
  readonly grey: GreyImages;
  readonly dataset: DatasetInfo;
}

/** Names the numbers, and leaves a text about them in `report.txt`. */
export const summarizeGuidance: Stage<
  Compared & Pick<GuidanceRequest, "negativeGuidance">,
  { readonly summary: Summary }
> = stage("summarize", {
  needs: [
    ...["guidanceCases", "negativeCases", "negativeGuidance"] as const,
    ...["grey", "dataset"] as const,
  ],
  adds: { summary: "the run's numbers by name" },
}, async ({ guidanceCases, negativeCases, ...rest }, context) => {
  const { grey, dataset, negativeGuidance } = rest;
  const { things, note } = featureWords(grey, dataset);
  const { names } = imageClasses(grey);
  const name = (label: number) => names[label] ?? `${label}`;
  if (negativeGuidance === 1) {
    context.progress.warn("A negative class has no effect at guidance 1");
  }
  await leaveReport([
    ...guidanceCases.map(({ guidance, quality, distance }) =>
      `Guidance ${guidance}: ${
        quality.accuracy === undefined
          ? ""
          : `${percent(quality.accuracy)} read as asked, `
      }Fréchet distance ${
        plusMinus(quality.frechet)
      } of ${quality.count} ${things}, precision ${
        quality.precision.toFixed(2)
      }, recall ${quality.recall.toFixed(2)}, ${
        distance.toFixed(3)
      } away from the images without guidance.`
    ),
    ...negativeCases.map(({ wanted, avoided, read, change }) =>
      `${name(wanted)}, not ${
        name(avoided)
      }, at guidance ${negativeGuidance}: ${
        read === undefined
          ? ""
          : `${percent(read.wanted[0])} read as ${name(wanted)} without and ${
            percent(read.wanted[1])
          } with the negative class, ${percent(read.avoided[0])} and ${
            percent(read.avoided[1])
          } as ${name(avoided)}; `
      }pixels change by ${change.toFixed(3)}.`
    ),
    ...note === "" ? [] : [note],
  ], context);
  return {
    summary: Object.fromEntries([
      ...guidanceCases.flatMap(({ guidance, quality, distance }) => [
        ...quality.accuracy === undefined
          ? []
          : [[`guidance/${guidance}/accuracy`, quality.accuracy] as const],
        [`guidance/${guidance}/frechet`, quality.frechet.mean] as const,
        [
          `guidance/${guidance}/frechetStdErr`,
          quality.frechet.standardError,
        ] as const,
        [`guidance/${guidance}/precision`, quality.precision] as const,
        [`guidance/${guidance}/recall`, quality.recall] as const,
        [`guidance/${guidance}/distance`, distance] as const,
      ]),
      ...negativeCases.flatMap((one) => {
        const path = `negative/${one.wanted}-not-${one.avoided}`;
        const { read } = one;
        const change = [`${path}/change`, one.change] as const;
        if (read === undefined) return [change];
        return [
          [`${path}/wantedWithout`, read.wanted[0]] as const,
          [`${path}/wanted`, read.wanted[1]] as const,
          [`${path}/avoidedWithout`, read.avoided[0]] as const,
          [`${path}/avoided`, read.avoided[1]] as const,
          change,
        ];
      }),
    ]),
  };
});
