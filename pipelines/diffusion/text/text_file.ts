/**
 * Text-to-image models in files, so that prompts can be drawn without another training.
 * @module
 */
import type { RunContext } from "../../core/context.ts";
import type { DatasetInfo } from "../../core/data/dataset_info.ts";
import { readFile } from "../../core/data/read_file.ts";
import { keyFrom } from "../../core/random/key.ts";
import {
  decodeSafetensors,
  encodeSafetensors,
} from "../../core/run/checkpoints/safetensors.ts";
import {
  assignWeights,
  prefixed,
  readWeights,
  withPrefix,
} from "../../training/weights.ts";
import type { Learned } from "./learn_text.ts";
import { type Accuracy, attributes } from "../../images/scenes/accuracy.ts";
import { createReader } from "../../images/scenes/scene_reader.ts";
import { createAutoencoder } from "./scene_autoencoder.ts";
import { textModel } from "./text_model.ts";
import { latentChannels } from "./text_sizes.ts";

/** Everything that drawing and measuring need. */
export type SavedText = Omit<Learned, "training">;

/** Where a run keeps its model. */
const MODEL = "model/text_to_image.safetensors";

/** Far above any model of this package. */
const MOST_BYTES = 2 ** 30;

/** Names of the parts before those of their weights. */
const AUTOENCODER = "autoencoder/";
const NETWORKS = "networks/";
const READER = "reader/";

/** Saves a model with its averaged weights. */
export async function saveText(
  { autoencoder, model, reader, ...rest }: SavedText,
  { artifacts }: Pick<RunContext, "artifacts">,
): Promise<void> {
  const { latentScale, readerAccuracy, codedAccuracy, dataset } = rest;
  const { name, sha256, origin, builtIn, notice } = dataset;
  await artifacts.file(
    MODEL,
    encodeSafetensors({
      tensors: {
        ...prefixed(AUTOENCODER, await readWeights(autoencoder.variables)),
        ...prefixed(NETWORKS, await readWeights(model.averaged.variables)),
        ...prefixed(READER, await readWeights(reader.variables)),
        "latents/means": vector(latentScale.means),
        "latents/deviations": vector(latentScale.deviations),
        ...accuracyTensors("accuracy/read", readerAccuracy),
        ...accuracyTensors("accuracy/coded", codedAccuracy),
      },
      metadata: {
        name,
        sha256,
        origin,
        builtIn: String(builtIn),
        ...notice === undefined ? {} : { notice },
      },
    }),
  );
}

/**
 * Reads the model that an earlier run saved.
 *
 * @param folder The earlier run's folder.
 * @returns The model; its parts own their memory.
 * @throws {Error} If the run has no model, or one that is damaged or of other sizes.
 */
export async function readText(folder: string): Promise<SavedText> {
  const path = `${folder}/${MODEL}`;
  const bytes = await readFile(path, MOST_BYTES);
  if (bytes === undefined) {
    throw new Error(
      `Expected the folder of a finished text-to-image run but found no ${path}`,
    );
  }
  const { tensors, metadata } = await decodeSafetensors(bytes, path);
  const numbers = (name: string, length: number) => {
    const found = tensors[name];
    if (found?.data.length === length) return Array.from(found.data);
    throw new RangeError(
      `Expected ${length} numbers "${name}" in ${path} but found ${
        found?.data.length ?? "none"
      }`,
    );
  };
  const text = (name: string) => {
    const found = metadata[name];
    if (found !== undefined) return found;
    throw new RangeError(`Expected "${name}" in ${path} but found none`);
  };
  const accuracy = (name: string) => {
    const means = numbers(`${name}/means`, attributes.length);
    const errors = numbers(`${name}/errors`, attributes.length);
    return Object.fromEntries(
      attributes.map((attribute, i) => [
        attribute,
        { mean: means[i]!, standardError: errors[i]! }, // as many
      ]),
    ) as Accuracy; // all attributes
  };
  const accuracies = {
    readerAccuracy: accuracy("accuracy/read"),
    codedAccuracy: accuracy("accuracy/coded"),
  };
  const dataset: DatasetInfo = {
    name: text("name"),
    sha256: text("sha256"),
    origin: text("origin"),
    builtIn: text("builtIn") === "true",
    ...metadata["notice"] === undefined ? {} : { notice: metadata["notice"] },
  };
  const latentScale = {
    means: numbers("latents/means", latentChannels),
    deviations: numbers("latents/deviations", latentChannels),
  };
  using stack = new DisposableStack();
  const key = keyFrom(0); // of values that are replaced
  const autoencoder = stack.use(createAutoencoder(key));
  const model = stack.use(await textModel(key));
  const reader = stack.use(createReader(key));
  assignWeights(autoencoder.variables, withPrefix(AUTOENCODER, tensors));
  assignWeights(model.averaged.variables, withPrefix(NETWORKS, tensors));
  assignWeights(reader.variables, withPrefix(READER, tensors));
  stack.move();
  return {
    autoencoder,
    model,
    reader,
    latentScale,
    dataset,
    ...accuracies,
  };
}

function accuracyTensors(name: string, accuracy: Accuracy) {
  const values = attributes.map((attribute) => accuracy[attribute]);
  return {
    [`${name}/means`]: vector(values.map(({ mean }) => mean)),
    [`${name}/errors`]: vector(
      values.map(({ standardError }) => standardError),
    ),
  };
}

function vector(values: readonly number[]) {
  return { shape: [values.length], data: Float32Array.from(values) };
}
