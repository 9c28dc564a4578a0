/**
 * The stage that measures one of the study's translators.
 * @module
 */
import type { WordPanel } from "../../charts/word_heatmap.ts";
import type { RunContext } from "../../core/context.ts";
import { fold } from "../../core/random/key.ts";
import { type Stage, stage } from "../../core/stage.ts";
import { meanAndError } from "../../statistics/mean_and_error.ts";
import type { TranslationCorpus } from "../../text/parallel/corpus.ts";
import { EOS, SOS } from "../../text/parallel/tokens.ts";
import type { Training } from "../../training/training.ts";
import type { RecurrentTranslator } from "../build_seq2seq.ts";
import { readableSentences } from "../draw_attention.ts";
import {
  type DecoderPool,
  decoderPool,
} from "../../text/decoding/compiled_decoder.ts";
import { type ReadTarget, readTargets, tokenLoss } from "../read_targets.ts";
import {
  bleuByLength,
  type LengthBin,
  scoreTranslations,
  type TranslationScores,
} from "../score_translations.ts";
import { writeTranslations } from "../write_translations.ts";
import { alignmentErrorRate, claimedLinks } from "./alignment_error.ts";
import {
  type AttentionMeasures,
  type KindMeasures,
  measureAttention,
  type StepKind,
} from "./attention_measures.ts";

/** Surprisal by position, in nats. */
export interface ExposurePoint {
  /** Tokens before, the beginning not counted. */
  readonly position: number;
  /** Sentences that are as long. */
  readonly sentences: number;
  /** With the true tokens before. */
  readonly forced: number;
  /** With the model's own tokens before. */
  readonly own: number;
}

/** What happens if the end must not be written. */
export interface EndlessWriting {
  /** Tokens of the translations over those of the references. */
  readonly lengthRatio: number;
  /** BLEU of the endless translations. */
  readonly bleu: number;
  /** Share of the sentences that begin as the ended ones. */
  readonly samePrefix: number;
  /** Share of the words behind the natural end that repeat the word before. */
  readonly repeats: number;
  /** Where attention goes behind the natural end; nothing without attention. */
  readonly behindEnd?: AttentionMeasures;
}

/** What was measured of one translator. */
export interface CaseMeasures {
  /** Nats per target token of the training records, by weight update. */
  readonly losses: readonly { readonly step: number; readonly loss: number }[];
  /** Nats per token of the test sentences, with the true tokens before. */
  readonly testLoss: number;
  /** By greedy search. */
  readonly scores: TranslationScores;
  /** BLEU by the length of the source. */
  readonly byLength: readonly LengthBin[];
  /** By what is predicted; empty without attention. */
  readonly attention: Readonly<Partial<Record<StepKind | "all", KindMeasures>>>;
  /** Surprisal of the truth after its own and after the model's words. */
  readonly exposure: readonly ExposurePoint[];
  /** If the end must not be written. */
  readonly endless: EndlessWriting;
  /** Against the true links, where they are known and there is attention. */
  readonly alignmentError?: number;
  /** Attention of some sentences, for a picture, with their true links where they are known. */
  readonly maps: readonly WordPanel[];
}

/** The greatest length where the end is forbidden: about three times that of a caption, which shows loops. */
const ENDLESS = 40;
const MAPS = 2;
const GREEDY = { beams: 1, penalty: { kind: "none" } } as const;

/** Measures a translator with the weights as they are. */
export const measureCase: Stage<
  {
    readonly translator: RecurrentTranslator;
    readonly corpus: TranslationCorpus;
    readonly training: Training;
  },
  { readonly measures: CaseMeasures }
> = stage("measure", {
  needs: ["translator", "corpus", "training"],
  adds: { measures: "losses, scores, attention and links of one translator" },
}, async ({ translator, corpus, training }, context) => {
  const { test, targetTokens, links } = corpus;
  using pool = decoderPool(translator.decodable, context);
  const read = await readTargets(pool, test);
  const sources = test.map(({ source }) => source);
  const found = await writeTranslations(pool, sources, GREEDY);
  const written = found.map(([first]) => first!.tokens); // at least one
  const lines = written.map(targetTokens.decode);
  const references = test.map(({ targetLine }) => targetLine);
  const lengths = sources.map((one) => one.filter((id) => id !== EOS).length);
  const key = fold(context.key, "bootstrap");
  const hasAttention = read.some(({ weights }) => weights.length > 0);
  const losses = training.history.flatMap(({ step, values }) => {
    const loss = values["train/loss"];
    return loss === undefined ? [] : [{ step, loss }];
  });
  const measures: CaseMeasures = {
    losses,
    testLoss: tokenLoss(read).loss,
    scores: scoreTranslations(lines, references, key),
    byLength: bleuByLength(lines, references, lengths, key),
    attention: hasAttention ? measureAttention(test, read, corpus) : {},
    exposure: await measureExposure(pool, corpus, read, written),
    endless: await writeEndlessly(pool, corpus, written, context),
    ...links && hasAttention && {
      alignmentError: alignmentErrorRate(
        test.map((pair, i) => claimedLinks(pair, read[i]!)), // one for each
        links,
      ),
    },
    maps: hasAttention ? mapsOf(corpus, read) : [],
  };
  return { measures };
});

function mapsOf(
  { test, links, sourceTokens, targetTokens }: TranslationCorpus,
  read: readonly ReadTarget[],
): readonly WordPanel[] {
  return readableSentences(test, MAPS).map((i): WordPanel => {
    const { source, target } = test[i]!; // chosen among them
    const marked = links?.[i]?.map(([a, b]) => [b, a] as const);
    return {
      columns: source.map((id) => sourceTokens.names[id]!), // its tokens
      rows: target.map((id) => targetTokens.names[id]!), // likewise
      values: read[i]!.weights, // one for each
      ...marked && { marked },
    };
  });
}

/** Positions that at least a tenth of the sentences reach are told. */
async function measureExposure(
  pool: DecoderPool,
  { test }: TranslationCorpus,
  read: readonly ReadTarget[],
  written: readonly (readonly number[])[],
): Promise<readonly ExposurePoint[]> {
  const befores = written.map((tokens) => [SOS, ...tokens]);
  const own = await readTargets(pool, test, befores);
  const longest = Math.max(...written.map(({ length }) => length));
  return Array.from({ length: longest }, (_, position) => {
    const present = test.flatMap(({ target }, i) =>
      position < target.length && position < befores[i]!.length ? [i] : [] // one for each
    );
    const mean = (targets: readonly ReadTarget[]) =>
      meanAndError(present.map((i) => targets[i]!.surprisals[position]!)).mean;
    if (present.length < Math.max(1, test.length / 10)) return [];
    return [{
      position,
      sentences: present.length,
      forced: mean(read),
      own: mean(own),
    }];
  }).flat();
}

async function writeEndlessly(
  pool: DecoderPool,
  corpus: TranslationCorpus,
  written: readonly (readonly number[])[],
  { key }: Pick<RunContext, "key">,
): Promise<EndlessWriting> {
  const { test, targetTokens } = corpus;
  const sources = test.map(({ source }) => source);
  const end = "forbidden";
  const options = { ...GREEDY, end, maxLength: ENDLESS } as const;
  const found = await writeTranslations(pool, sources, options);
  const endless = found.map(([first]) => first!.tokens); // at least one
  const references = test.map(({ targetLine }) => targetLine);
  const lines = endless.map(targetTokens.decode);
  const { bleu, lengthRatio } = scoreTranslations(lines, references, key);
  const same = written.filter((tokens, i) =>
    tokens.every((token, at) => endless[i]![at] === token) // one for each
  );
  const behind = written.flatMap(({ length }, i) =>
    endless[i]!.slice(length + 1) // as above; the first word behind the end has no word before it there
      .map((token, at) => token === endless[i]![length + at])
  );
  const pairs = sources.map((source, i) => ({ source, target: endless[i]! }));
  const read = await readTargets(pool, pairs);
  const rows = read.map(({ weights, surprisals }, i) => ({
    surprisals,
    weights: weights.slice(written[i]!.length), // as above
  }));
  const shifted = pairs.map(({ source, target }, i) => ({
    source,
    target: target.slice(written[i]!.length), // as above
  }));
  const isSeen = rows.some(({ weights }) => weights.length > 0);
  const behindEnd = isSeen
    ? measureAttention(shifted, rows, corpus).all
    : undefined;
  return {
    lengthRatio,
    bleu: bleu.score,
    samePrefix: same.length / written.length,
    repeats: behind.filter(Boolean).length / Math.max(1, behind.length),
    ...behindEnd && { behindEnd },
  };
}
