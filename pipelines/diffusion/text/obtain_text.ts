/**
 * The stage that takes a text-to-image model from an earlier run, or trains one.
 * @module
 */
import { attempt } from "../../core/attempt.ts";
import { type Stage, stage } from "../../core/stage.ts";
import { text } from "../../core/task/fields.ts";
import { type Flags, namesOf } from "../../core/task/flags.ts";
import { learnText, type TextLearning, textLearning } from "./learn_text.ts";
import { readText, type SavedText, saveText } from "./text_file.ts";

/** Where the model comes from. */
export interface TextSource {
  /** Folder of a finished `text-to-image` run, or `none` to train anew. */
  readonly modelFolder: string;
}

/** Flag of the source. */
export const textSource: Flags<TextSource> = {
  modelFolder: text(
    "none",
    "folder of a finished text-to-image run, to draw without training; none: train anew",
    { form: "FOLDER" },
  ),
};

/** A model that draws what it is told, and whether this run trained it. */
export interface Obtained extends SavedText {
  /** Whether it was read or trained. */
  readonly origin: "read" | "trained";
}

/** Reads the model of an earlier run where one is given, else trains one and saves it. */
export const obtainText: Stage<TextSource & TextLearning, Obtained> = stage(
  "obtain",
  {
    needs: ["modelFolder", "data", ...namesOf(textLearning)],
    adds: {
      autoencoder: "encoder and decoder of scenes",
      latentScale: "mean and deviation of each channel of the latents",
      model: "text encoder and U-Net",
      reader: "the network that reads scenes",
      readerAccuracy:
        "part of test scenes in which each attribute is read right",
      codedAccuracy: "the same after encoding and decoding",
      dataset: "where the digits come from",
      origin: "whether the model was read or trained",
    },
    mayRun: [learnText],
  },
  async ({ modelFolder, ...learning }, context) => {
    if (modelFolder !== "none") {
      const saved = await readText(modelFolder);
      context.describe({ model: modelFolder, dataset: { ...saved.dataset } });
      context.progress.note(`Read the model of ${modelFolder}`);
      return { ...saved, origin: "read" };
    }
    const { training: _, ...learned } = await attempt(
      learnText,
      learning,
      context,
    );
    await saveText(learned, context);
    return { ...learned, origin: "trained" };
  },
);
