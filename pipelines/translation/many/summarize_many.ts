/**
 * The stage that gathers the numbers of translation between many languages.
 * @module
 */
import type { Summary } from "../../core/run/summary.ts";
import { type Stage, stage } from "../../core/stage.ts";
import type { NormHistory } from "./follow_norms.ts";
import type { InitialNorms } from "./initial_norms.ts";
import { lastOverFirst } from "./layer_probes.ts";
import type { ManyResults } from "./many_cases.ts";
import type { ManyMeasures } from "./train_many.ts";

/** Names the numbers, as `summary.json` holds them. */
export const summarizeMany: Stage<
  {
    readonly results: ManyResults;
    readonly initialNorms: readonly InitialNorms[];
    readonly normHistories: readonly NormHistory[];
  },
  { readonly summary: Summary }
> = stage("summarize", {
  needs: ["results", "initialNorms", "normHistories"],
  adds: { summary: "the run's numbers by name" },
}, ({ results, initialNorms, normHistories }) => ({
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
        [`${name}/encoder/lastOverFirst`, lastOverFirst(one.encoder)],
        [`${name}/decoder/lastOverFirst`, lastOverFirst(one.decoder)],
      ];
    })),
    ...Object.assign({}, ...normHistories.map(historyOf)),
  },
}));

/** Names the gradients of one kind of model while it learned, at its first record and its last, and its loss. */
function historyOf(
  { normalization, layers, moments }: NormHistory,
): Summary {
  const path = `norms/${normalization}/${layers}`;
  const [first, last] = [moments[0]!, moments.at(-1)!]; // at least one
  return {
    [`${path}/encoder/start/lastOverFirst`]: lastOverFirst(first.encoder),
    [`${path}/encoder/end/lastOverFirst`]: lastOverFirst(last.encoder),
    [`${path}/decoder/start/lastOverFirst`]: lastOverFirst(first.decoder),
    [`${path}/decoder/end/lastOverFirst`]: lastOverFirst(last.decoder),
    [`${path}/train/lastLoss`]: last.loss,
  };
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
