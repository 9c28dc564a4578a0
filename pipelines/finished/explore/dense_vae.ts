/**
 * The dense layers of a finished run's VAE.
 * @module
 */
import {
  type DenseLayer,
  type DenseVae,
  type PageActivation,
  pageActivations,
} from "../../viewer/explore/explored.ts";
import type { Weights } from "../../training/weights.ts";
import type { LoadedRun } from "../load_run.ts";

/** What can be explored. */
export const EXPLORED =
  "a finished run of a VAE with dense layers, such as vae-k3, vae-k20, vae-mlp or vae-manifold";

/**
 * Takes the layers of a VAE from a run.
 *
 * @param run The run.
 * @returns The layers in the order in which they compute.
 * @throws {RangeError} If the run's model is another one.
 */
export function denseVae(
  { model, record, settings, weights }: Pick<
    LoadedRun,
    "model" | "record" | "settings" | "weights"
  >,
): DenseVae {
  if (model?.kind !== "vae" || !("encoder/hidden/weight" in weights)) {
    throw new RangeError(
      `Expected ${EXPLORED}, but found one of ${record.task}`,
    );
  }
  const after = (side: string) => activationOf(settings[`${side}Activation`]);
  const [encoder, decoder] = [after("encoder"), after("decoder")];
  return {
    hidden: hiddenOf(weights, "encoder", encoder),
    mean: layer(weights, "encoder/mean", "none"),
    logVariance: layer(weights, "encoder/logVariance", "none"),
    decoder: [
      ...hiddenOf(weights, "decoder", decoder),
      layer(weights, "decoder/logits", "sigmoid"),
    ],
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
  return names.map((name) => layer(weights, name, activation));
}

function layer(
  weights: Weights,
  name: string,
  activation: DenseLayer["activation"],
): DenseLayer {
  const weight = weights[`${name}/weight`];
  const [inputs = 0, outputs = 0] = weight?.shape ?? [];
  return {
    inputs,
    outputs,
    activation,
    weight: Float32Array.from(weight?.data ?? []),
    bias: Float32Array.from(weights[`${name}/bias`]?.data ?? []),
  };
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
