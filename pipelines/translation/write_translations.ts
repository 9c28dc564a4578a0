/**
 * Translations by beam search.
 * @module
 */
import {
  type Beam,
  type BeamOptions,
  beginning,
  bestOf,
  extendBeam,
  type Hypothesis,
  type LengthPenalty,
  type NextToken,
} from "../../models/sampling/beam_search.ts";
import { EOS, SOS } from "../text/parallel/tokens.ts";
import type { DecoderPool } from "../text/decoding/compiled_decoder.ts";
import type { DecoderOptions } from "../text/decoding/compiled_step.ts";
import {
  decodeSentences,
  type SaidOfSentence,
  type SentenceInProgress,
} from "../text/decoding/decode_sentences.ts";

/** How to search for translations. */
export interface WritingOptions {
  /** Sequences that run on each sentence; 1 is greedy search. */
  readonly beams: number;
  /** What to rank them by. */
  readonly penalty: LengthPenalty;
  /** The greatest length with the end; twice that of the source and 10 more unless given. */
  readonly maxLength?: number;
  /** Whether the end may be written; allowed unless given. */
  readonly end?: DecoderOptions["end"];
}

/** Rows of a step, about: enough to fill the cores. */
const ROWS = 128;

/**
 * Translates sentences.
 *
 * @param pool Decoders of the model.
 * @param sources Tokens of each source sentence.
 * @param options How to search.
 * @returns What the search found for each sentence, the best first, at least one.
 */
export async function writeTranslations(
  pool: DecoderPool,
  sources: readonly (readonly number[])[],
  options: WritingOptions,
): Promise<readonly (readonly Hypothesis[])[]> {
  const { beams, end = "allowed" } = options;
  const found: (readonly Hypothesis[])[] = new Array(sources.length);
  const likeliest = 2 * beams;
  const decoding = { beams, likeliest, end, rows: ROWS, expected };
  await decodeSentences(pool, sources, decoding, (i): SentenceInProgress => {
    const length = sources[i]!.length; // an index of them
    const search = searchOptions(length, options, pool);
    let beam = beginning;
    return {
      next: () => beam.running.map(({ tokens }) => tokens.at(-1) ?? SOS),
      take: (said) => {
        beam = extendBeam(beam, nextOf(beam, said, likeliest), search);
        if (beam.running.length === 0) found[i] = bestOf(beam);
        return beam.parents;
      },
    };
  });
  return found;
}

/** Most translations are about as long as their sources. */
function expected(size: number): number {
  return size;
}

function searchOptions(
  length: number,
  { beams, penalty, maxLength = 2 * length + 10 }: WritingOptions,
  { translator }: DecoderPool,
): BeamOptions {
  const stop = beams === 1 ? "ended" : "settled"; // greedy search takes the first end
  return {
    width: beams,
    end: EOS,
    maxLength: Math.min(maxLength, translator.longest),
    penalty,
    stop,
  };
}

/** The tokens that may follow each sequence, but for those that cannot be among the likeliest extensions. */
function nextOf(
  { running }: Beam,
  { logProbs, tokens }: SaidOfSentence,
  likeliest: number,
): readonly NextToken[] {
  const total = (parent: number, i: number) =>
    running[parent]!.logProb + logProbs[parent * likeliest + i]!; // as many for each sequence
  const least = running.reduce( // one sequence alone has as many extensions as likely as this
    (most, _, parent) => Math.max(most, total(parent, likeliest - 1)),
    -Infinity,
  );
  const next: NextToken[] = [];
  running.forEach((_, parent) => {
    for (let i = 0; i < likeliest && total(parent, i) >= least; i++) {
      const at = parent * likeliest + i;
      next.push({ parent, token: tokens[at]!, logProb: logProbs[at]! }); // as above
    }
  });
  return next;
}
