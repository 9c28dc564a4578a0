/**
 * The network that reads scenes.
 * @module
 */
import type * as tf from "@tensorflow/tfjs";
import { compile } from "../../../compile/compile.ts";
import {
  createParameters,
  type Parameters,
  type ParameterSpec,
} from "../../../models/parameters/parameters.ts";
import {
  readScene,
  type SceneReaderParameters,
  sceneReaderSpecs,
} from "../../../models/scene_reader.ts";
import type { RunContext } from "../../core/context.ts";
import type { Key } from "../../core/random/key.ts";
import { sampleParameter } from "../../training/sample_parameter.ts";
import { sceneLength, sceneSide } from "./draw_scene.ts";
import { type Answers, questionNames, questions } from "./questions.ts";

/** Scenes in a call. */
const BLOCK = 50;

/** The parameters of the reader. */
export type ReaderWeights = Parameters<SceneReaderParameters<ParameterSpec>>;

/** Creates the reader. */
export function createReader(key: Key): ReaderWeights {
  const answers = questionNames.map((name) => questions[name]);
  return createParameters(
    sceneReaderSpecs(sceneSide, answers),
    sampleParameter(key),
  );
}

/**
 * Logits of all questions for a batch.
 *
 * @param images Bytes, int32, [batch, 3072].
 * @param weights Of the reader.
 * @returns For each question in order, [batch, answers].
 */
export function readerLogits(
  images: tf.Tensor2D,
  { tree }: Pick<ReaderWeights, "tree">,
): readonly tf.Tensor2D[] {
  const scaled = images.cast<tf.Tensor2D>("float32").div<tf.Tensor2D>(255);
  return readScene(
    scaled.as4D(images.shape[0], sceneSide, sceneSide, 3),
    tree,
  );
}

/** The compiled reader. */
export interface SceneReader extends Disposable {
  /** The likeliest answers for each scene, from bytes [count * 3072]. */
  readonly read: (
    pixels: Uint8Array<ArrayBuffer>,
  ) => Promise<readonly Answers[]>;
}

/**
 * Compiles the reader.
 *
 * @param weights Its parameters, at their newest.
 * @param context Where to run.
 * @returns The reader; dispose it when it is no longer used.
 */
export async function compileReader(
  weights: ReaderWeights,
  { device, threads, signal }: Pick<
    RunContext,
    "device" | "threads" | "signal"
  >,
): Promise<SceneReader> {
  const network = await compile(
    ({ images }: { readonly images: tf.Tensor2D }) => {
      const logits = readerLogits(images, weights);
      return Object.fromEntries(
        questionNames.map((name, i) => [name, logits[i]!]), // one for each
      );
    },
    {
      inputs: { images: { shape: [BLOCK, sceneLength], dtype: "int32" } },
      device,
      threads,
    },
  );
  return {
    read: async (pixels) => {
      const count = pixels.length / sceneLength;
      const answers: Answers[] = [];
      for (let first = 0; first < count; first += BLOCK) {
        signal.throwIfAborted();
        const end = Math.min(count, first + BLOCK);
        const images = new Uint8Array(BLOCK * sceneLength);
        images.set(pixels.subarray(first * sceneLength, end * sceneLength));
        const logits = await network.run({ images });
        for (let i = 0; i < end - first; i++) {
          const likeliest = questionNames.map((name) => {
            const width = questions[name];
            const row = logits[name]!.data // one for each question
              .subarray(i * width, (i + 1) * width);
            return [name, row.indexOf(Math.max(...row))];
          });
          answers.push(Object.fromEntries(likeliest) as Answers); // all questions
        }
      }
      return answers;
    },
    [Symbol.dispose]: () => network[Symbol.dispose](),
  };
}
