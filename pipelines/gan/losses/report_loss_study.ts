/**
 * The stage that names the study's numbers, and says in words what they show.
 * @module
 */
import type { Summary } from "../../core/run/summary.ts";
import { type Stage, stage } from "../../core/stage.ts";
import { withError } from "../../statistics/with_error.ts";
import { leaveReport } from "../../words/leave_report.ts";
import { plusMinus } from "../../words/plus_minus.ts";
import { balancedDifference, balancedMeans } from "./balanced_means.ts";
import { type FrozenMeans, frozenMeans, frozenNames } from "./frozen_means.ts";
import {
  type BalancedRun,
  type LearnedGame,
  type LossStudy,
  lossStudyNames,
} from "./loss_study.ts";

/** Names the numbers of the study, and leaves a text about them in `report.txt`. */
export const reportLossStudy: Stage<
  LossStudy,
  { readonly summary: Summary }
> = stage("summarize", {
  needs: lossStudyNames,
  adds: { summary: "the run's numbers by name" },
}, async ({ frozenRuns, balancedRuns, gaussians }, context) => {
  const frozen = frozenMeans(frozenRuns);
  await leaveReport([
    frozenSentence(frozen),
    gaussianSentence(gaussians),
    balancedSentence(balancedRuns),
  ], context);
  return {
    summary: {
      seeds: frozenRuns.length,
      ...frozenNumbers(frozen),
      ...gaussianNumbers(gaussians),
      ...balancedNumbers(balancedRuns),
    },
  };
});

/** Says how the gradients went while the discriminator learned alone. */
export function frozenSentence(points: readonly FrozenMeans[]): string {
  const [first] = points;
  const last = points.at(-1);
  if (first === undefined || last === undefined) return "";
  return `Against a generator that does not learn, ${last.updates} updates of D took D(G(z)) from ${
    short(first.fake.mean)
  } to ${short(last.fake.mean)}. The gradient of log(1 - D(G(z))) went from ${
    short(first.saturating.mean)
  } to ${short(last.saturating.mean)}, that of -log D(G(z)) from ${
    short(first.nonSaturating.mean)
  } to ${short(last.nonSaturating.mean)}: their ratio is ${
    short(last.ratio.mean)
  }, where (1 - D) / D says ${short(last.predictedRatio.mean)}.`;
}

/** Says how near the learned discriminators are to the optimal ones. */
export function gaussianSentence(games: readonly LearnedGame[]): string {
  const parts = games.map(({ title, value, game, target }) => {
    const identity = target === 1
      ? ` (2 JSD - log 4 with JSD ${game.jensenShannon.toFixed(4)})`
      : "";
    return `${plusMinus(value)} learned and ${
      game.value.toFixed(4)
    } exact${identity} for ${title}`;
  });
  return `The value of the game of p = N(0, 1) and q, in nats: ${
    parts.join("; ")
  }. No discriminator does better than the optimal one, but for the error of held-out points.`;
}

/** Says what the choice of the loss did where both players learn in turn. */
export function balancedSentence(runs: readonly BalancedRun[]): string {
  const last = (loss: BalancedRun["loss"], name: string) =>
    balancedMeans(runs, loss, name).at(-1);
  const name = "samples/frechetDistance";
  const saturating = last("saturating", name);
  const other = last("non-saturating", name);
  const fake = last("saturating", "train/fake");
  if (!saturating || !other || !fake) return "";
  const difference = balancedDifference(runs, name);
  const isFar = Math.abs(difference.mean) > 2 * difference.standardError;
  const verdict = Number.isNaN(difference.standardError)
    ? "One seed each tells no difference."
    : `Seed by seed they differ by ${plusMinus(difference)}: ${
      isFar ? "more" : "no more"
    } than two standard errors.`;
  return `Where both players learn in turn, D does not get so far ahead: D(G(z)) is ${
    short(fake.mean)
  } at the end. After epoch ${saturating.epoch} the Fréchet distance is ${
    plusMinus(saturating)
  } with the saturating loss and ${plusMinus(other)} without. ${verdict}`;
}

function frozenNumbers(points: readonly FrozenMeans[]): Summary {
  return Object.fromEntries(points.flatMap((point) =>
    frozenNames.map((
      name,
    ) => [`frozen/${point.updates}/${name}`, point[name].mean])
  ));
}

function gaussianNumbers(games: readonly LearnedGame[]): Summary {
  return Object.fromEntries(games.flatMap(({ name, value, game }) => [
    ...Object.entries(withError(`gaussian/${name}/value`, value)),
    [`gaussian/${name}/exactValue`, game.value],
    [`gaussian/${name}/jensenShannon`, game.jensenShannon],
    ...name.startsWith("shift")
      ? [
        [`gaussian/${name}/saturatingSlope`, game.saturatingSlope],
        [`gaussian/${name}/nonSaturatingSlope`, game.nonSaturatingSlope],
      ] as const
      : [], // 0 by symmetry
  ]));
}

function balancedNumbers(runs: readonly BalancedRun[]): Summary {
  return Object.fromEntries(
    (["saturating", "non-saturating"] as const).flatMap((loss) =>
      (["samples/frechetDistance", "train/fake", "train/gradientNorm"] as const)
        .flatMap((name) => {
          const last = balancedMeans(runs, loss, name).at(-1);
          const [, short] = name.split("/");
          return last
            ? Object.entries(withError(`balanced/${loss}/${short}`, last))
            : [];
        })
    ),
  );
}

function short(value: number): string {
  return value >= 1000
    ? Math.round(value).toLocaleString("en")
    : String(Number(value.toPrecision(2)));
}
