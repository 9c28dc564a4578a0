/**
 * The finished weights of a run, in a file that outlives its checkpoints.
 * @module
 */
import type { Variables } from "../../models/parameters/parameters.ts";
import type { RunContext } from "../core/context.ts";
import { readFile } from "../core/data/read_file.ts";
import {
  decodeSafetensors,
  encodeSafetensors,
} from "../core/run/checkpoints/safetensors.ts";
import { readWeights, type Weights } from "./weights.ts";

/** Far above any model of this package. */
const MOST_BYTES = 2 ** 31;

/** Where a run leaves the weights of its one training. */
export const weightsPath = "model/weights.safetensors";

/**
 * Leaves weights in `model/weights.safetensors`, where a run has one training; a study of many keeps its checkpoints.
 *
 * @param fit The variables, with their final values, and what a reader needs to know.
 * @param context Of the stage that trains.
 */
export async function leaveWeights(
  { weights, told = {} }: {
    readonly weights: Variables;
    readonly told?: Readonly<Record<string, string>>;
  },
  { artifacts, path }: Pick<RunContext, "artifacts" | "path">,
): Promise<void> {
  if (path.length > 2) return;
  const tensors = await readWeights(weights);
  await artifacts.file(
    weightsPath,
    encodeSafetensors({ tensors, metadata: { ...told } }),
  );
}

/** Weights of a finished run, and what it told of them. */
export interface LeftWeights {
  /** The arrays by name. */
  readonly weights: Weights;
  /** What a reader needs to know, such as `rows` and `columns` of an image. */
  readonly told: Readonly<Record<string, string>>;
}

/**
 * Reads the weights that a run left.
 *
 * @param folder The run's folder.
 * @param name The file in that folder: where a training leaves its weights unless given.
 * @returns The weights; `undefined` where there is no such file.
 * @throws {SyntaxError} If the file is damaged.
 */
export async function readLeftWeights(
  folder: string,
  name: string = weightsPath,
): Promise<LeftWeights | undefined> {
  const path = `${folder}/${name}`;
  const bytes = await readFile(path, MOST_BYTES);
  if (bytes === undefined) return undefined;
  const { tensors, metadata } = await decodeSafetensors(bytes, path);
  return { weights: tensors, told: metadata };
}
