/**
 * The stage that keeps a trained translator and what it wrote.
 * @module
 */
import { type Stage, stage } from "../core/stage.ts";
import { only } from "../core/task/flags.ts";
import {
  type CorpusSettings,
  corpusSettings,
  type TranslationCorpus,
} from "../text/parallel/corpus.ts";
import { tokenizerJson } from "../text/subwords/tokenizer_json.ts";
import type { RecurrentTranslator } from "./build_seq2seq.ts";
import type { TranslationEvaluation } from "./evaluate_translator.ts";
import { encodeTranslator, TRANSLATOR_FILE } from "./translator_file.ts";

const endSetting = only(corpusSettings, "sourceEnd");

/**
 * Writes `model/translator.safetensors` and `translations.txt`, with the source and the reference of each sentence; and
 * pieces of words, where tokens are such, as `model/tokenizer-LANGUAGE.json` of Hugging Face.
 */
export const saveTranslator: Stage<
  Partial<Pick<CorpusSettings, "sourceEnd">> & {
    readonly translator: RecurrentTranslator;
    readonly corpus: TranslationCorpus;
    readonly evaluation: TranslationEvaluation;
  },
  object
> = stage("save", {
  needs: ["translator", "corpus", "evaluation"],
  settings: endSetting,
  adds: {},
}, async ({ translator, corpus, evaluation, sourceEnd }, { artifacts }) => {
  const bytes = await encodeTranslator(translator, corpus, sourceEnd);
  await artifacts.file(TRANSLATOR_FILE, bytes);
  const vocabularies = [
    [corpus.sourceLanguage, corpus.sourceTokens],
    [corpus.targetLanguage, corpus.targetTokens],
  ] as const;
  for (const [language, { names, merges }] of vocabularies) {
    if (!merges) continue;
    const json = JSON.stringify(tokenizerJson({ names, merges }));
    await artifacts.file(`model/tokenizer-${language}.json`, json);
  }
  const lines = corpus.test.map(({ sourceLine, targetLine }, i) =>
    [
      `source:    ${sourceLine}`,
      `reference: ${targetLine}`,
      `greedy:    ${evaluation.greedy.lines[i]}`,
      `beam:      ${evaluation.beam.lines[i]}`,
    ].join("\n")
  );
  await artifacts.file("translations.txt", `${lines.join("\n\n")}\n`);
  return {};
});
