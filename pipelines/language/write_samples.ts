/**
 * The stage that lets a sequence model write.
 * @module
 */
import { type Stage, stage } from "../core/stage.ts";
import type { SequenceModel } from "../text/sequence_model.ts";
import type { CharacterText } from "../text/text_entries.ts";
import { windowBlocks } from "../text/text_windows.ts";
import { writer, type WritingChoice } from "./writer.ts";
import { count, real } from "../core/task/fields.ts";
import type { Flags } from "../core/task/flags.ts";

/** What to write, as a run's config gives it. */
export interface SampleRequest extends WritingChoice {
  /** How many texts. */
  readonly samples: number;
  /** Characters of each; a translation is as long as what was read. */
  readonly sampleLength: number;
}

/** Settings of `SampleRequest`, with their defaults and rules. */
export const sampleRequest: Flags<SampleRequest> = {
  samples: count(3, "texts to write at the end", { smoke: 1 }),
  sampleLength: count(400, "characters of each", { smoke: 80 }),
  temperature: real(1, "how freely the model writes", { min: 0.01 }),
  topK: count(0, "likeliest characters that it may write; 0: all", { min: 0 }),
};

/** Writes texts with the model, into `samples.txt`. */
export const writeSamples: Stage<
  Partial<SampleRequest> & {
    readonly model: SequenceModel;
    readonly text: CharacterText;
  },
  { readonly written: string }
> = stage("write", {
  needs: ["model", "text"],
  settings: sampleRequest,
  adds: { written: "what the model wrote, as in samples.txt" },
}, async ({ model, text, samples, sampleLength, ...choice }, context) => {
  using pen = await writer(model, samples, choice, context);
  const { kind, vocabulary } = model;
  const read = firstWindows(text.test, model.context, samples);
  const length = kind === "translates" ? model.context : sampleLength;
  const texts = await pen.write(read, length, context.key);
  const written = texts.map((one, i) => {
    const source = read.subarray(i * model.context, (i + 1) * model.context);
    const text = spell(one, vocabulary);
    return kind === "translates"
      ? `read:  ${JSON.stringify(spell(source, vocabulary))}\nwrote: ${
        JSON.stringify(text)
      }\n`
      : `${text}\n`;
  }).join(kind === "translates" ? "\n" : `\n${"-".repeat(40)}\n\n`);
  await context.artifacts.file("samples.txt", written);
  return { written };
});

/** The first windows of a text, repeated where there are too few, [count, window]. */
function firstWindows(
  text: Int32Array<ArrayBuffer>,
  window: number,
  count: number,
): Int32Array<ArrayBuffer> {
  const cut = { window, stride: window, most: count };
  const [block] = windowBlocks(text, cut, count);
  return block!.windows; // the loading stage refuses a text without a window
}

function spell(indices: Int32Array, vocabulary: readonly string[]): string {
  return Array.from(indices, (index) => vocabulary[index]).join("");
}
