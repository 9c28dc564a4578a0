/**
 * Where a finished transformer looks while it reads test texts.
 * @module
 */
import * as tf from "@tensorflow/tfjs";
import { textSource } from "../../text/load_text.ts";
import type { SequenceModel } from "../../text/sequence_model.ts";
import type {
  Attended,
  AttendedText,
} from "../../viewer/explore/attention/attention_maps.ts";
import type { LoadedRun } from "../load_run.ts";
import { attentionMaps } from "./attention_maps.ts";
import { reasonOf, runData } from "./run_data.ts";

/** Texts to choose from; fewer where their weights would take more than so many bytes. */
const TEXTS = 6;
const MOST_BYTES = 3 * 2 ** 20;

/** Characters of a text that is continued: more could not be told apart on a screen. */
const MOST_CHARACTERS = 64;

/** Characters of a text that name it. */
const NAME = 40;

/**
 * Reads windows of the test text with a transformer.
 *
 * @param run The run.
 * @param language Its model.
 * @returns Some windows with the weights of all layers and heads.
 * @throws {RangeError} If the run's text is not found, or is no longer what the run saw.
 */
export async function languageAttention(
  { record }: Pick<LoadedRun, "record">,
  language: SequenceModel,
): Promise<Attended> {
  const texts: AttendedText[] = [];
  let bytes = 0;
  for (const window of await testWindows(record, language)) {
    const text = await attendWindow(language, window);
    bytes += text.maps.reduce((sum, { weights }) => sum + weights.length, 0);
    if (texts.length > 0 && bytes > MOST_BYTES) break;
    texts.push(text);
  }
  const { layers, heads } = texts[0]!.maps[0]!; // a test text holds a window, and transformers attend
  return {
    title: `${record.task}, seed ${record.seed}: attention`,
    about:
      `Where ${layers} layers of ${heads} heads look in windows of the test text, computed by deno task explore.`,
    texts,
  };
}

/** Windows from all over the test text, [window], which begin with a line where there is one in reach. */
async function testWindows(
  record: LoadedRun["record"],
  { vocabulary, window }: SequenceModel,
): Promise<readonly Int32Array[]> {
  const { test } = await runData(record, textSource).catch((error) => {
    throw new RangeError(
      `Expected the text of the run, to take windows from: ${reasonOf(error)}`,
    );
  });
  const last = test.length - window;
  const newLine = vocabulary.indexOf("\n");
  const starts = Array.from({ length: TEXTS }, (_, i) => {
    const start = Math.floor(i * (last + 1) / TEXTS);
    const line = test.indexOf(newLine, start) + 1; // 0 where there is none
    return line > 0 && line <= Math.min(last, start + 2 * window)
      ? line
      : start;
  });
  return [...new Set(starts)].map((at) => test.slice(at, at + window));
}

async function attendWindow(
  { kind, context, vocabulary, cut, predict }: SequenceModel,
  window: Int32Array,
): Promise<AttendedText> {
  const isCausal = kind === "continues";
  const length = isCausal ? Math.min(context, MOST_CHARACTERS) : context;
  const parts = tf.tidy(() => {
    const { source, before, target } = cut(
      tf.tensor2d(window, [1, window.length], "int32"),
    );
    const first = (x: tf.Tensor2D) => x.slice([0, 0], [1, length]);
    return { source, before: first(before), target: first(target) };
  });
  try {
    const shown = async (tokens: tf.Tensor2D) =>
      Array.from(await tokens.data(), (i) => visible(vocabulary[i]));
    const text = {
      unit: "character",
      source: isCausal ? [] : await shown(parts.source),
      target: await shown(parts.target),
      before: await shown(parts.before),
    };
    return {
      name: nameOf(window, vocabulary),
      told: [],
      maps: await attentionMaps(() => predict(parts).attention, text),
    };
  } finally {
    tf.dispose(parts);
  }
}

/** How a window begins, on one line. */
function nameOf(window: Int32Array, vocabulary: readonly string[]): string {
  const first = Array.from(window.subarray(0, NAME), (i) => vocabulary[i]);
  return `${first.join("").trim().replaceAll("\n", " ↵ ")} …`;
}

/** A character as it can be seen; the token that begins a target has none. */
function visible(character: string | undefined): string {
  switch (character) {
    case undefined:
      return "▷";
    case " ":
      return "␣";
    case "\n":
      return "↵";
    case "\t":
      return "⇥";
    default:
      return character;
  }
}
