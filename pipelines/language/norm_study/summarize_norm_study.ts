/**
 * The stage that gathers the numbers of a study of layer norms.
 * @module
 */
import type { Summary } from "../../core/run/summary.ts";
import { type Stage, stage } from "../../core/stage.ts";
import {
  type InitialKind,
  type JacobianKind,
  type NormStudy,
  normStudy,
  type StableKind,
  type TrainedKind,
} from "./norm_study_entries.ts";
import type { CharacterText } from "../../text/text_entries.ts";
import { countSpikes, stepsUntil } from "../loss_history.ts";
import { meanAndError } from "../../statistics/mean_and_error.ts";
import { withError } from "../../statistics/with_error.ts";
import {
  depthExponent,
  growthOf,
  initialsOf,
  ratioOf,
  type StackName,
  stacks,
  trainedRatio,
} from "./study_statistics.ts";
import { type LossThreshold, lossThreshold } from "../language_results.ts";

/** Names the numbers of a study, as `summary.json` holds them. */
export const summarizeNormStudy: Stage<
  NormStudy & Partial<LossThreshold> & { readonly text: CharacterText },
  { readonly summary: Summary }
> = stage("summarize", {
  needs: [...normStudy, "text"],
  settings: lossThreshold,
  adds: { summary: "the study's numbers by name" },
}, ({ trained, untrained, derivatives, stability, text, threshold }) => ({
  summary: merged([
    text.entropyRate === undefined ? {} : { entropyRate: text.entropyRate },
    ...trained.map((kind) => trainedNumbers(kind, threshold)),
    ...stacks.flatMap((stack) => untrainedNumbers(untrained, stack)),
    ...derivatives.map(derivativeNumbers),
    ...stability.map(stabilityNumbers),
  ]),
}));

function trainedNumbers(kind: TrainedKind, threshold: number): Summary {
  const { runs } = kind;
  const reached = runs
    .map(({ training }) => stepsUntil(training.history, threshold))
    .filter((step) => step !== undefined);
  const ratios = (["activation", "weights"] as const).flatMap((gradient) =>
    (["start", "steepest", "end"] as const).map((when) =>
      withError(
        `${kind.kind}/${gradient}/${when}/lastOverFirst`,
        trainedRatio(kind, gradient, when),
      )
    )
  );
  return merged([
    withError(
      `${kind.kind}/test/loss`,
      meanAndError(runs.map(({ testLoss }) => testLoss)),
    ),
    { [`${kind.kind}/runsBelowThreshold`]: reached.length },
    reached.length < runs.length
      ? {}
      : withError(`${kind.kind}/stepsToThreshold`, meanAndError(reached)),
    {
      [`${kind.kind}/gradientSpikes`]: runs.reduce(
        (sum, { training }) => sum + countSpikes(training.history),
        0,
      ),
    },
    ...ratios,
  ]);
}

function untrainedNumbers(
  untrained: readonly InitialKind[],
  stack: StackName,
): readonly Summary[] {
  return (["pre", "post"] as const).flatMap((normalization) => {
    const initials = initialsOf(untrained, stack, normalization);
    const deepest = initials.at(-1);
    if (deepest === undefined) return [];
    const prefix = `untrained/${stack || "causal"}/${normalization}`;
    const exponents = initials.length < 2 ? [] : [
      withError(
        `${prefix}/weights/depthExponent`,
        depthExponent(initials, "weights"),
      ),
      withError(`${prefix}/rms/depthExponent`, depthExponent(initials, "rms")),
    ];
    const { draws } = deepest;
    return [
      ...exponents,
      withError(`${prefix}/rms/lastOverFirst`, ratioOf(draws, "rms")),
      ...(["activation", "weights"] as const).flatMap((gradient) => [
        withError(
          `${prefix}/${gradient}/lastOverFirst`,
          ratioOf(draws, gradient),
        ),
        withError(
          `${prefix}/${gradient}/growthByLayer`,
          growthOf(draws, gradient),
        ),
      ]),
    ];
  });
}

function derivativeNumbers(
  { normalization, jacobians }: JacobianKind,
): Summary {
  const prefix = `derivative/${normalization}`;
  const mean = (name: "largest" | "smallest" | "smallestKept") =>
    meanAndError(jacobians.map((one) => one[name])).mean;
  return {
    [`${prefix}/largest`]: mean("largest"),
    [`${prefix}/smallest`]: mean("smallest"),
    ...normalization === "post"
      ? { [`${prefix}/smallestKept`]: mean("smallestKept") }
      : {},
    [`${prefix}/derivationError`]: Math.max(
      ...jacobians.map(({ derivationError }) => derivationError),
    ),
  };
}

function stabilityNumbers({ kind, rates }: StableKind): Summary {
  return Object.fromEntries(rates.flatMap(({ search, stable, loss }) => [
    [`${kind}/largestStableRate/${search}`, stable],
    ...search === "patient" && loss !== undefined
      ? [[`${kind}/patientLoss`, loss]]
      : [],
  ]));
}

function merged(parts: readonly Summary[]): Summary {
  return Object.assign({}, ...parts);
}
