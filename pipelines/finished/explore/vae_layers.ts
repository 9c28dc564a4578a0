/**
 * The layers of a finished run's VAE.
 * @module
 */
import {
  type ConvolutionLayer,
  type DenseLayer,
  type PageActivation,
  pageActivations,
  type VaeLayers,
} from "../../viewer/explore/vae/explored.ts";
import type { Weights } from "../../training/weights.ts";
import type { LoadedRun } from "../load_run.ts";
import { notExplorable } from "./explorable.ts";

/**
 * Takes the layers of a VAE from a run: dense ones, or convolutions.
 *
 * @param run The run.
 * @returns The layers in the order in which they compute.
 * @throws {RangeError} If the run's model is another one.
 */
export function vaeLayers(
  { model, record, settings, weights }: Pick<
    LoadedRun,
    "model" | "record" | "settings" | "weights"
  >,
): VaeLayers {
  if (model?.kind === "vae" && "encoder/hidden/weight" in weights) {
    const after = (side: string) =>
      activationOf(settings[`${side}Activation`] ?? "tanh"); // iwae has no such setting
    return perceptron(weights, after("encoder"), after("decoder"));
  }
  if (model?.kind === "vae" && "encoder/first/filter" in weights) {
    return convolutional(weights, model.image.rows);
  }
  throw notExplorable(`one of ${record.task}`);
}

function perceptron(
  weights: Weights,
  encoder: PageActivation,
  decoder: PageActivation,
): VaeLayers {
  return {
    ...top(weights),
    hidden: hiddenOf(weights, "encoder", encoder),
    decoder: [
      ...hiddenOf(weights, "decoder", decoder),
      dense(weights, "decoder/logits", "sigmoid"),
    ],
  };
}

/** Layers of `models/conv_vae.ts`, whose images have a side that is a multiple of four. */
function convolutional(weights: Weights, side: number): VaeLayers {
  const layer = (
    name: string,
    kind: ConvolutionLayer["kind"],
    from: number,
    activation: ConvolutionLayer["activation"],
  ) => convolution(weights, name, { kind, side: from, activation });
  return {
    ...top(weights),
    hidden: [
      layer("encoder/first", "halve", side, "relu"),
      layer("encoder/second", "halve", side / 2, "relu"),
    ],
    decoder: [
      dense(weights, "decoder/hidden", "relu"),
      layer("decoder/first", "double", side / 4, "relu"),
      layer("decoder/logits", "double", side / 2, "sigmoid"),
    ],
  };
}

function top(weights: Weights): Pick<VaeLayers, "mean" | "logVariance"> {
  return {
    mean: dense(weights, "encoder/mean", "none"),
    logVariance: dense(weights, "encoder/logVariance", "none"),
  };
}

function hiddenOf(
  weights: Weights,
  side: string,
  activation: PageActivation,
): readonly DenseLayer[] {
  const names = [`${side}/hidden`];
  for (let i = 0; `${side}/deeper/${i}/weight` in weights; i++) {
    names.push(`${side}/deeper/${i}`);
  }
  return names.map((name) => dense(weights, name, activation));
}

function dense(
  weights: Weights,
  name: string,
  activation: DenseLayer["activation"],
): DenseLayer {
  const [inputs = 0, outputs = 0] = weights[`${name}/weight`]?.shape ?? [];
  return {
    kind: "dense",
    inputs,
    outputs,
    activation,
    weight: numbersOf(weights, `${name}/weight`),
    bias: numbersOf(weights, `${name}/bias`),
  };
}

/** A convolution; filters that double are kept as [4, 4, outputs, inputs], and are turned. */
function convolution(
  weights: Weights,
  name: string,
  how: Pick<ConvolutionLayer, "kind" | "side" | "activation">,
): ConvolutionLayer {
  const kept = numbersOf(weights, `${name}/filter`);
  const bias = numbersOf(weights, `${name}/bias`);
  const outputs = bias.length;
  const inputs = kept.length / (16 * outputs);
  const turned = (at: number) => {
    const [tap, i, j] = [
      Math.floor(at / (inputs * outputs)),
      Math.floor(at / outputs) % inputs,
      at % outputs,
    ];
    return kept[(tap * outputs + j) * inputs + i]!; // as many
  };
  const weight = how.kind === "halve" ? kept : kept.map((_, at) => turned(at));
  return { ...how, inputs, outputs, weight, bias };
}

function numbersOf(weights: Weights, name: string): Float32Array {
  return Float32Array.from(weights[name]?.data ?? []);
}

function activationOf(name: unknown): PageActivation {
  const found = pageActivations.find((one) => one === name);
  if (found !== undefined) return found;
  throw new RangeError(
    `Expected an activation ${pageActivations.join(", ")} but found ${
      JSON.stringify(name)
    }`,
  );
}
