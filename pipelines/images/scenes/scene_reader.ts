/**
 * The networks that read scenes: one for colours, strokes and place, one for a digit that is cut out.
 * @module
 */
import * as tf from "@tensorflow/tfjs";
import { compile } from "../../../compile/compile.ts";
import {
  type ImageReaderParameters,
  imageReaderSpecs,
  readImage,
} from "../../../models/image_reader.ts";
import {
  createParameters,
  type Parameters,
  type ParameterSpec,
} from "../../../models/parameters/parameters.ts";
import type { RunContext } from "../../core/context.ts";
import type { Key } from "../../core/random/key.ts";
import { sampleParameter } from "../../training/sample_parameter.ts";
import { contrastOf, cornersAt, cutOut, cutSide } from "./digit_boxes.ts";
import { sceneLength, sceneSide } from "./draw_scene.ts";
import {
  type Answers,
  noDigit,
  type Question,
  questionNames,
  questions,
} from "./questions.ts";

/** Scenes, or digits, in a call. */
const BLOCK = 50;

/** Digits that there are. */
export const DIGITS = 10;

/** The parameters of both networks. */
export type ReaderWeights = Parameters<{
  readonly scene: ImageReaderParameters<ParameterSpec>;
  readonly digit: ImageReaderParameters<ParameterSpec>;
}>;

/** Creates both networks. */
export function createReader(key: Key): ReaderWeights {
  return createParameters({
    scene: imageReaderSpecs({
      side: sceneSide,
      channels: 3,
      answers: questionNames.map((name) => questions[name]),
    }),
    digit: imageReaderSpecs({ side: cutSide, channels: 1, answers: [DIGITS] }),
  }, sampleParameter(key));
}

/**
 * Logits of all questions but the digits.
 *
 * @param images Bytes, int32, [batch, 3072].
 * @param weights Of both networks.
 * @returns For each question in order, [batch, answers].
 */
export function sceneLogits(
  images: tf.Tensor2D,
  { tree }: Pick<ReaderWeights, "tree">,
): readonly tf.Tensor2D[] {
  const scaled = images.cast<tf.Tensor2D>("float32").div<tf.Tensor2D>(255);
  return readImage(
    scaled.as4D(images.shape[0], sceneSide, sceneSide, 3),
    tree.scene,
  );
}

/**
 * Logits of the ten digits.
 *
 * @param cuts Digits that are cut out, [batch, 576].
 * @param weights Of both networks.
 * @returns [batch, 10]
 */
export function digitLogits(
  cuts: tf.Tensor2D,
  { tree }: Pick<ReaderWeights, "tree">,
): tf.Tensor2D {
  const images = cuts.as4D(cuts.shape[0], cutSide, cutSide, 1);
  const [logits] = readImage(images, tree.digit);
  return logits!; // one question
}

/** The compiled networks. */
export interface SceneReader extends Disposable {
  /** The likeliest answers for each scene, from bytes [count * 3072]: digits are looked for at the likeliest place. */
  readonly read: (
    pixels: Uint8Array<ArrayBuffer>,
  ) => Promise<readonly Answers[]>;
}

/**
 * Compiles the networks.
 *
 * @param weights Their parameters, at their newest.
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
  using stack = new DisposableStack();
  const scene = stack.use(
    await compile(
      ({ images }: { readonly images: tf.Tensor2D }) => {
        const logits = sceneLogits(images, weights);
        return { likeliest: tf.stack(logits.map((one) => one.argMax(1)), 1) };
      },
      {
        inputs: { images: { shape: [BLOCK, sceneLength], dtype: "int32" } },
        outputs: { likeliest: "int32" },
        device,
        threads,
      },
    ),
  );
  const digit = stack.use(
    await compile(
      ({ cuts }: { readonly cuts: tf.Tensor2D }) => ({
        likeliest: digitLogits(cuts, weights).argMax(1),
      }),
      {
        inputs: { cuts: { shape: [BLOCK, cutSide ** 2] } },
        outputs: { likeliest: "int32" },
        device,
        threads,
      },
    ),
  );
  const kept = stack.move();
  const readDigits = async (cuts: readonly Float32Array[]) => {
    const digits: number[] = [];
    for (let first = 0; first < cuts.length; first += BLOCK) {
      signal.throwIfAborted();
      const block = new Float32Array(BLOCK * cutSide ** 2);
      const some = cuts.slice(first, first + BLOCK);
      some.forEach((cut, i) => block.set(cut, i * cutSide ** 2));
      const { likeliest } = await digit.run({ cuts: block });
      digits.push(...likeliest.data.subarray(0, some.length));
    }
    return digits;
  };
  const readScenes = async (pixels: Uint8Array<ArrayBuffer>) => {
    const count = pixels.length / sceneLength;
    const width = questionNames.length;
    const answers: Record<Question, number>[] = [];
    for (let first = 0; first < count; first += BLOCK) {
      signal.throwIfAborted();
      const end = Math.min(count, first + BLOCK);
      const images = new Uint8Array(BLOCK * sceneLength);
      images.set(pixels.subarray(first * sceneLength, end * sceneLength));
      const { likeliest: { data } } = await scene.run({ images });
      for (let i = 0; i < end - first; i++) {
        answers.push(
          Object.fromEntries(
            questionNames.map((name, j) => [name, data[i * width + j]!]), // one for each
          ) as Record<Question, number>, // all questions
        );
      }
    }
    return answers;
  };
  return {
    read: async (pixels) => {
      const answers = await readScenes(pixels);
      const cuts = answers.map(({ place }, i) => {
        const contrast = contrastOf(
          pixels.subarray(i * sceneLength, (i + 1) * sceneLength),
        );
        return cornersAt(place).map((corner) => cutOut(contrast, corner));
      });
      const digits = (await readDigits(cuts.flat()))[Symbol.iterator]();
      const next = () => digits.next().value as number; // one for each cut
      return answers.map((answer, i) => ({
        ...answer,
        firstDigit: next(),
        secondDigit: cuts[i]!.length > 1 ? next() : noDigit, // as many
      }));
    },
    [Symbol.dispose]: () => kept.dispose(),
  };
}
