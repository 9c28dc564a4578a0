/**
 * The stage that loads parallel text.
 * @module
 */
import type { RunContext } from "../../core/context.ts";
import type { DatasetInfo } from "../../core/data/dataset_info.ts";
import type { DataSource } from "../../core/data/load_data.ts";
import { loadFrom } from "../../core/data/load_from.ts";
import { whence } from "../../core/data/whence.ts";
import { type Stage, stage } from "../../core/stage.ts";
import { oneOf } from "../../core/task/fields.ts";
import type { Flags } from "../../core/task/flags.ts";
import { builtInTranslation } from "./built_in_translation.ts";
import { type Language, LANGUAGES, multi30k } from "./multi30k.ts";
import type { ParallelText, SplitName } from "./parallel_text.ts";
import { parseParallel } from "./parse_parallel.ts";

const SPLIT_NAMES: readonly SplitName[] = ["train", "validation", "test"];

/**
 * Multi30k in some languages, a folder with files of the same names, or the built-in sentences.
 *
 * @param languages Of which the text is parallel.
 * @param missing Whether a language that the built-in sentences lack is refused, or left out.
 * @returns Where to look.
 */
export function parallelSource(
  languages: readonly Language[],
  missing: "refused" | "left out" = "refused",
): DataSource<ParallelText> {
  return {
    known: multi30k(languages),
    parse: (files) => parseParallel(files, languages),
    builtIn: {
      name: "grammar",
      make: () => {
        const text = builtInTranslation();
        const other = languages.find((one) => !text.languages.includes(one));
        if (other === undefined || missing === "left out") return text;
        throw new RangeError(
          `Expected languages of the built-in sentences, ${
            text.languages.join(" and ")
          }, but found ${other}`,
        );
      },
      bytes: bytesOf,
    },
  };
}

/** Which languages to translate. */
export interface LanguagePair {
  /** What is read. */
  readonly source: Language;
  /** What is written. */
  readonly target: Language;
}

/** Settings of `LanguagePair`, with their defaults and rules. */
export const languagePair: Flags<LanguagePair> = {
  source: oneOf(LANGUAGES, "language that is read"),
  target: oneOf(["en", "de", "fr", "cs"], "language that is written"),
};

/**
 * Loads sentences in two languages: `auto`, `multi30k`, `grammar` or a folder with files such as `train.de`.
 *
 * @throws {RangeError} If the two languages are one, or the built-in sentences lack one.
 * @throws {SyntaxError} If a file is empty or not UTF-8, or the files have different numbers of lines.
 */
export const loadParallel: Stage<
  Partial<LanguagePair> & { readonly data: string },
  { readonly parallel: ParallelText; readonly dataset: DatasetInfo }
> = stage("load", {
  needs: ["data"],
  settings: languagePair,
  adds: {
    parallel: "lines by language: train, validation, test",
    dataset: "name, SHA-256 and origin of the data",
  },
  whence: (request, { source, target }) =>
    whence(request, parallelSource([source, target])),
}, async ({ data: request, source, target }, context) => {
  if (source === target) {
    throw new RangeError(
      `Expected two languages but found ${source} as source and as target`,
    );
  }
  const from = parallelSource([source, target]);
  const { data: parallel, dataset } = await loadFrom(request, from, context);
  tellCounts(parallel, context);
  return { parallel, dataset };
});

/**
 * Records and tells what loading changed or left out.
 *
 * @param parallel What was loaded.
 * @param context Of the stage that loads.
 */
export function tellCounts(
  parallel: ParallelText,
  { describe, progress }: Pick<RunContext, "describe" | "progress">,
): void {
  const counts = SPLIT_NAMES.map((name) => [name, parallel[name].counts]);
  describe({ lines: Object.fromEntries(counts) });
  for (const name of SPLIT_NAMES) {
    const { read, empty, composed } = parallel[name].counts;
    if (empty + composed === 0) continue;
    progress.note(
      `Of ${read} lines of ${name}, ${empty} were left out because they are empty in a language, and ${composed} were composed (NFC)`,
    );
  }
}

/** The lines of each language and split, in UTF-8. */
function bytesOf(text: ParallelText): Uint8Array<ArrayBuffer> {
  const lines = text.languages.flatMap((language) =>
    SPLIT_NAMES.flatMap((split) => text[split].lines[language] ?? [])
  );
  return new TextEncoder().encode(lines.map((line) => `${line}\n`).join(""));
}
