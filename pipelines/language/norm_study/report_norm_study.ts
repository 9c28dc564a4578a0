/**
 * The stage that says in words what a study of layer norms has measured.
 * @module
 */
import { type Stage, stage } from "../../core/stage.ts";
import {
  type JacobianKind,
  type NormStudy,
  normStudy,
  type TrainedKind,
} from "./norm_study_entries.ts";
import { stepsUntil } from "../loss_history.ts";
import { meanAndError } from "../../statistics/mean_and_error.ts";
import { trainedRatio, type When } from "./study_statistics.ts";
import { FLAT, trendOf } from "../../statistics/trend.ts";
import { placeSentences } from "./place_sentences.ts";
import { stabilitySentence } from "./stability_sentence.ts";
import { claimSentences, exponentSentences } from "./untrained_sentences.ts";
import { plusMinus, timesOver } from "../../words/plus_minus.ts";
import { leaveReport } from "../../words/leave_report.ts";
import { type LossThreshold, lossThreshold } from "../language_results.ts";

/** Writes `report.txt`, which the task prints. */
export const reportNormStudy: Stage<
  NormStudy & Partial<LossThreshold>,
  { readonly report: string }
> = stage("report", {
  needs: normStudy,
  settings: lossThreshold,
  adds: { report: "what was measured, in words" },
}, async ({ trained, untrained, derivatives, stability, ...rest }, context) => {
  const paragraphs: readonly (readonly string[])[] = [
    exponentSentences(untrained),
    claimSentences(untrained),
    [
      "What does one layer do to a small change of its input?",
      ...derivatives.map(derivativeSentence),
    ],
    [
      "What do trained models reach, and how do their gradients change with the layer?",
      ...trained.map((kind) => trainedSentence(kind, rest.threshold)),
      ...placeSentences(trained),
    ],
    [
      "How large a learning rate does each model bear?",
      ...stability.map(stabilitySentence),
      `Errors are standard errors over draws; "flat" is within a factor of ${FLAT} from the first layer to the last.`,
    ],
  ];
  const texts = paragraphs.filter(({ length }) => length > 0)
    .map((sentences) => sentences.join(" "));
  return { report: await leaveReport(texts, context) };
});

function derivativeSentence(
  { normalization, jacobians }: JacobianKind,
): string {
  const last = Math.max(...jacobians.map(({ layer }) => layer));
  const at = (layer: number, name: "largest" | "smallestKept") => {
    const logs = jacobians.filter((one) => one.layer === layer)
      .map((one) => Math.log(one[name]));
    return Math.exp(meanAndError(logs).mean).toPrecision(2);
  };
  const path = (name: "largest" | "smallestKept") =>
    `from ${at(1, name)} in layer 1 to ${at(last, name)} in layer ${last}`;
  const error = Math.max(...jacobians.map((one) => one.derivationError));
  const derived = `the chain rule agrees to ${error.toExponential(0)}`;
  const range = `its largest singular value goes ${
    path("largest")
  }, its smallest ${path("smallestKept")}`;
  return normalization === "pre"
    ? `The derivative of a pre-norm layer of attention, 1 + (dA/dy)(dy/dx), keeps the identity: ${range} (${derived}).`
    : `That of a post-norm layer, (dnorm/dy)(1 + dA/dx), takes two directions of each vector away; of the others ${range} (${derived}).`;
}

function trainedSentence(kind: TrainedKind, threshold: number): string {
  const { runs } = kind;
  const loss = plusMinus(meanAndError(runs.map(({ testLoss }) => testLoss)));
  const steps = runs
    .map(({ training }) => stepsUntil(training.history, threshold))
    .filter((step) => step !== undefined);
  const reached = steps.length === runs.length
    ? `falls below ${threshold} after ${plusMinus(meanAndError(steps))} updates`
    : `falls below ${threshold} in ${steps.length} of ${runs.length} runs`;
  const trend = (when: When) => {
    const ratio = trainedRatio(kind, "activation", when);
    return `${trendOf(ratio.mean)} (${timesOver(ratio)})`;
  };
  return `${kind.kind} reaches a test loss of ${loss} nats per character and ${reached}; from the first layer to the last its ‖∂L/∂x‖ ${
    trend("start")
  } in the first updates, ${trend("steepest")} where it is steepest, and ${
    trend("end")
  } in the last.`;
}
