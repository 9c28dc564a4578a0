/**
 * The stage that gathers the numbers of translation between many languages.
 * @module
 */
import type { Summary } from "../../core/run/summary.ts";
import { type Stage, stage } from "../../core/stage.ts";
import type { InitialNorms } from "./initial_norms.ts";
import type { ManyResults } from "./many_cases.ts";
import type { ManyMeasures } from "./train_many.ts";

/** Names the numbers, as `summary.json` holds them. */
export const summarizeMany: Stage<
  {
    readonly results: ManyResults;
    readonly initialNorms: readonly InitialNorms[];
  },
  { readonly summary: Summary }
> = stage("summarize", {
  needs: ["results", "initialNorms"],
  adds: { summary: "the run's numbers by name" },
}, ({ results, initialNorms }) => ({
  summary: {
    parameters: results.all.parameters,
    ...numbersOf("all", results.all),
    ...Object.assign(
      {},
      ...Object.entries(results.singles).map(([name, one]) =>
        numbersOf(`single/${name}`, one)
      ),
    ),
    ...Object.fromEntries(initialNorms.flatMap((one) => {
      const name = `initial/${one.normalization}/${one.layers}`;
      return [
        [`${name}/encoder/lastOverFirst`, ratio(one.encoder)],
        [`${name}/decoder/lastOverFirst`, ratio(one.decoder)],
      ];
    })),
  },
}));

/** How much larger the gradient is after the last layer than after the first. */
function ratio(norms: readonly number[]): number {
  return norms.at(-1)! / norms[0]!; // at least one layer
}

function numbersOf(
  prefix: string,
  { directions, history }: ManyMeasures,
): Summary {
  const losses = Object.entries(history.at(-1)?.losses ?? {})
    .map(([name, loss]) => [`${prefix}/${name}/validationLoss`, loss]);
  const scores = directions.flatMap(({ name, tag, scores, ...one }) => {
    const path = `${prefix}/${name}${tag === "bare" ? "/bare" : ""}`;
    return [
      [`${path}/bleu`, scores.bleu.score],
      [`${path}/bleuStdErr`, scores.bleu.standardError],
      [`${path}/chrf`, scores.chrf.score],
      [`${path}/lengthRatio`, scores.lengthRatio],
      [`${path}/rightLanguage`, one.rightLanguage],
      [`${path}/unended`, one.unended],
    ];
  });
  return Object.fromEntries([...losses, ...scores]);
}
