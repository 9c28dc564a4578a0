/**
 * The weights of a model's parts, from one file or from several.
 * @module
 */
import * as tf from "@tensorflow/tfjs";
import type {
  FileTensor,
  WeightSource,
} from "../../../models/stable_diffusion/weight_source.ts";
import { readFile } from "../../core/data/read_file.ts";
import { parseJson } from "../../core/run/parse_json.ts";
import {
  type NumberArray,
  readSafetensors,
} from "../../core/run/checkpoints/read_safetensors.ts";

/** Weights that own their memory. */
export interface ReadWeights extends WeightSource<tf.Tensor>, Disposable {}

/** The most bytes of an index of several files. */
const MOST_BYTES = 2 ** 26;

/** What the files of parts may be called, in order of preference. */
const NAMES = ["diffusion_pytorch_model", "model"].flatMap((name) => [
  `${name}.safetensors`,
  `${name}.fp16.safetensors`,
]);

/**
 * Reads the weights of one part.
 *
 * @param folder Of the part, such as `MODEL/unet`.
 * @param signal Ends the reading.
 * @returns A source, which gives each tensor once.
 * @throws {Error} If there is no file of weights.
 * @throws {SyntaxError} If one is damaged.
 */
export async function readWeightFiles(
  folder: string,
  signal: AbortSignal,
): Promise<ReadWeights> {
  const tensors = await readAll(folder, signal);
  const taken: tf.Variable[] = [];
  return {
    take: (wanted) => {
      const variable = toVariable(find(tensors, wanted, folder), wanted);
      taken.push(variable);
      return variable;
    },
    [Symbol.dispose]: () => tf.dispose(taken),
  };
}

async function readAll(
  folder: string,
  signal: AbortSignal,
): Promise<Map<string, NumberArray>> {
  for (const name of NAMES) {
    const path = `${folder}/${name}`;
    const index = await readFile(`${path}.index.json`, MOST_BYTES);
    if (index !== undefined) return await readShards(folder, index, signal);
    try {
      return await readSafetensors(path, signal);
    } catch (error) {
      if ((error as { readonly code?: string }).code !== "ENOENT") throw error;
    }
  }
  throw new Error(
    `Expected weights (${
      NAMES.join(", ")
    }, or several files with an index) in ${folder} but found none; other formats are not read`,
  );
}

async function readShards(
  folder: string,
  index: Uint8Array<ArrayBuffer>,
  signal: AbortSignal,
): Promise<Map<string, NumberArray>> {
  const { weight_map } = await parseJson(
    new TextDecoder().decode(index),
    `the index of ${folder}`,
    (z) => z.looseObject({ "weight_map": z.record(z.string(), z.string()) }),
  );
  const all = new Map<string, NumberArray>();
  for (const file of new Set(Object.values(weight_map))) {
    for (
      const [name, tensor] of await readSafetensors(`${folder}/${file}`, signal)
    ) {
      all.set(name, tensor);
    }
  }
  return all;
}

/** Finds a tensor by one of its names, also with `text_model.` before them, and forgets it. */
function find(
  tensors: Map<string, NumberArray>,
  { names, shape }: FileTensor,
  folder: string,
): NumberArray {
  for (const name of names.flatMap((n) => [n, `text_model.${n}`])) {
    const found = tensors.get(name);
    if (found === undefined) continue;
    const ends = found.shape.length > shape.length
      ? found.shape.slice(shape.length)
      : [];
    const isSame = shape.every((axis, i) => axis === found.shape[i]) &&
      ends.every((axis) => axis === 1);
    if (isSame) {
      tensors.delete(name);
      return found;
    }
    throw new RangeError(
      `Expected "${name}" of shape [${shape}] in ${folder} but found [${found.shape}]`,
    );
  }
  throw new RangeError(
    `Expected "${names[0]}" of shape [${shape}] in ${folder} but found none`,
  );
}

/** Lays a tensor out as TensorFlow.js wants it. */
function toVariable(
  { data }: NumberArray,
  { shape, layout }: FileTensor,
): tf.Variable {
  const [outputs = 1, inputs = 1, height = 1, width = 1] = shape;
  const places = height * width;
  if (layout === "plain") return variable(data, shape);
  const moved = new Float32Array(data.length);
  for (let o = 0; o < outputs; o++) {
    for (let i = 0; i < inputs; i++) {
      for (let p = 0; p < places; p++) {
        moved[(p * inputs + i) * outputs + o] =
          data[(o * inputs + i) * places + p]!; // as many as the shape says
      }
    }
  }
  return variable(
    moved,
    layout === "linear" ? [inputs, outputs] : [height, width, inputs, outputs],
  );
}

function variable(data: Float32Array, shape: readonly number[]): tf.Variable {
  const tensor = tf.tensor(data, [...shape], "float32");
  const created = tf.variable(tensor, false);
  tensor.dispose();
  return created;
}
