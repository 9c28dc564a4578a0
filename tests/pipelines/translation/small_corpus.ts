import { pipeline } from "../../../pipelines/core/pipeline.ts";
import { execute } from "../../../pipelines/core/run/execute.ts";
import type { Seq2SeqSizes } from "../../../pipelines/translation/build_seq2seq.ts";
import type { TranslationTraining } from "../../../pipelines/translation/translation_training.ts";
import {
  type CorpusSettings,
  tokenize,
  type TranslationCorpus,
} from "../../../pipelines/text/parallel/corpus.ts";
import { builtInTranslation } from "../../../pipelines/text/parallel/built_in_translation.ts";

/** A training of some seconds on built-in sentences. */
export const smallTraining: TranslationTraining & Seq2SeqSizes = {
  attention: "additive",
  embedding: 16,
  units: 16,
  epochs: 1,
  batch: 16,
  buckets: 2,
  learningRate: 0.01,
  warmUp: 0,
  decay: "linear",
  dropout: 0.1,
  forcing: 1,
  clip: 1,
  recordEvery: 4,
  validations: 2,
};

/** Some built-in sentences of at most 14 tokens. */
export async function smallCorpus(
  sentences: number,
  settings: Partial<CorpusSettings> = {},
): Promise<TranslationCorpus> {
  const run = pipeline<Parameters<typeof tokenize.run>[0]>("small")
    .pipe(tokenize).give("corpus");
  const { corpus } = await execute(run, {
    parallel: builtInTranslation(),
    source: "de",
    target: "en",
    minCount: 1,
    maxLength: 14,
    sentences,
    measureSentences: 12,
    sourceEnd: "eos",
    ...settings,
  }, { seed: 0, device: "tfjs" });
  return corpus;
}
