/**
 * The stage that says in words how one model translates between many languages.
 * @module
 */
import { type Stage, stage } from "../../core/stage.ts";
import { leaveReport } from "../../words/leave_report.ts";
import { percent } from "../../words/percent.ts";
import { plusMinus } from "../../words/plus_minus.ts";
import type { NormHistory } from "./follow_norms.ts";
import type { InitialNorms } from "./initial_norms.ts";
import { lastOverFirst } from "./layer_probes.ts";
import type { ManyResults } from "./many_cases.ts";
import type { DirectionMeasures } from "./measure_many.ts";

/** Writes `report.txt`: learned directions, directions never seen, and gradients. */
export const reportMany: Stage<
  {
    readonly results: ManyResults;
    readonly initialNorms: readonly InitialNorms[];
    readonly normHistories: readonly NormHistory[];
  },
  { readonly report: string }
> = stage("report", {
  needs: ["results", "initialNorms", "normHistories"],
  adds: { report: "what was measured, in words" },
}, async ({ results, initialNorms, normHistories }, context) => {
  const { all, singles } = results;
  const learned = all.directions.filter(({ isLearned }) => isLearned);
  const unseen = all.directions.filter(({ isLearned }) => !isLearned);
  const beside = learned.map((one) => {
    const single = singles[one.name]?.directions[0];
    const other = single ? ` (alone ${bleuOf(single)})` : "";
    return `${one.name} ${bleuOf(one)}${other}`;
  });
  const zero = unseen.map((one) =>
    `${one.name}${one.tag === "bare" ? " without tag" : ""} ${bleuOf(one)}, ${
      percent(one.rightLanguage, 0)
    } in the right language`
  );
  const paragraphs = [
    `One model of ${
      all.parameters.toLocaleString("en")
    } numbers for ${learned.length} directions; BLEU in lower case, greedy, with errors over sentences: ${
      beside.join(", ")
    }.${
      Object.keys(singles).length === 0
        ? ""
        : " Models of one direction had as many updates, all of them on it."
    }`,
    ...unseen.length === 0
      ? []
      : [`Directions that were never learned: ${zero.join("; ")}.`],
    `Before training, the gradient after the last layer over that after the first: ${
      initialNorms.map(({ normalization, layers, encoder, decoder }) =>
        `${normalization}-norm with ${layers} layers ${
          ratio(encoder)
        } in the encoder and ${ratio(decoder)} in the decoder`
      ).join("; ")
    }.`,
    `The same ratio while models of each kind learn, from their first updates to their last (${
      normHistories[0]?.moments.at(-1)?.step ?? 0
    }): ${normHistories.map(historyOf).join("; ")}.`,
  ];
  return { report: await leaveReport(paragraphs, context) };
});

function bleuOf({ scores: { bleu } }: DirectionMeasures): string {
  const { score: mean, standardError } = bleu;
  return plusMinus({ mean, standardError });
}

function ratio(norms: readonly number[]): string {
  return lastOverFirst(norms).toPrecision(3);
}

function historyOf(
  { normalization, layers, moments }: NormHistory,
): string {
  const [first, last] = [moments[0]!, moments.at(-1)!]; // at least one
  return `${normalization}-norm with ${layers} layers from ${
    ratio(first.encoder)
  } to ${ratio(last.encoder)} in the encoder, from ${ratio(first.decoder)} to ${
    ratio(last.decoder)
  } in the decoder, at a training loss of ${
    last.loss.toFixed(2)
  } nats per token`;
}
