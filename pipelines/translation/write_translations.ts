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
} from "../../models/sampling/beam_search.ts";
import { padRows } from "../text/parallel/buckets.ts";
import { EOS, SOS } from "../text/parallel/tokens.ts";
import type {
  DecoderOptions,
  DecoderPool,
  DecoderStep,
} from "./compiled_decoder.ts";
import { groupByLength } from "./read_targets.ts";

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
const SIZES = 3;

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
  const batch = Math.min(sources.length, Math.max(1, Math.round(ROWS / beams)));
  const lengths = sources.map(({ length }) => Math.max(1, length));
  const groups = groupByLength(lengths, batch, SIZES);
  for (const size of new Set(groups.map((group) => group.size))) {
    const likeliest = 2 * beams;
    const compiled = { batch, beams, size, likeliest, end };
    const decoder = await pool.decoder(compiled);
    for (const { items } of groups.filter((group) => group.size === size)) {
      const rows = items.map((i) => sources[i]!); // indices of sources
      const searches = rows.map(({ length }) => ({
        beam: beginning,
        options: searchOptions(length, options, pool),
      }));
      const start = await decoder.encode(padRows(rows, batch, size));
      let { state } = start;
      while (searches.some(({ beam }) => beam.running.length > 0)) {
        pool.signal.throwIfAborted();
        const token = lastTokens(
          searches.map(({ beam }) => beam),
          batch,
          beams,
        );
        const said = await decoder.step(token, state, start.encoded);
        searches.forEach((search, i) => {
          const next = nextOf(search.beam, said, i, { beams, likeliest });
          search.beam = extendBeam(search.beam, next, search.options);
        });
        state = reorder(
          said.state,
          searches.map(({ beam }) => beam),
          beams,
          batch,
        );
      }
      items.forEach((i, j) => found[i] = bestOf(searches[j]!.beam)); // one for each
    }
  }
  return found;
}

function searchOptions(
  length: number,
  { beams, penalty, maxLength = 2 * length + 10 }: WritingOptions,
  { longest }: DecoderPool,
): BeamOptions {
  const stop = beams === 1 ? "ended" : "settled"; // greedy search takes the first end
  return {
    width: beams,
    end: EOS,
    maxLength: Math.min(maxLength, longest),
    penalty,
    stop,
  };
}

/** The token that each sequence reads next, [batch, beam]; places without a sequence read anything. */
function lastTokens(
  beams: readonly Beam[],
  batch: number,
  width: number,
): Int32Array {
  const tokens = new Int32Array(batch * width);
  beams.forEach(({ running }, i) =>
    running.forEach(({ tokens: written }, j) => {
      tokens[i * width + j] = written.at(-1) ?? SOS;
    })
  );
  return tokens;
}

function nextOf(
  { running }: Beam,
  { logProbs, tokens }: DecoderStep,
  sentence: number,
  { beams, likeliest }: { beams: number; likeliest: number },
) {
  return running.flatMap((_, parent) => {
    const from = (sentence * beams + parent) * likeliest;
    return Array.from({ length: likeliest }, (_, i) => ({
      parent,
      token: tokens[from + i]!, // as many for each sequence
      logProb: logProbs[from + i]!, // as above
    }));
  });
}

/** Puts the state of each sequence where the sequence that grew from it stands now; often all stand there already. */
function reorder(
  state: Float32Array<ArrayBuffer>,
  beams: readonly Beam[],
  width: number,
  batch: number,
): Float32Array<ArrayBuffer> {
  const isInPlace = beams.every(({ parents }) =>
    parents.every((parent, j) => parent === j)
  );
  if (isInPlace) return state;
  const units = state.length / (batch * width);
  const moved = new Float32Array(state.length);
  beams.forEach(({ parents }, i) =>
    parents.forEach((parent, j) => {
      const from = (i * width + parent) * units;
      moved.set(state.subarray(from, from + units), (i * width + j) * units);
    })
  );
  return moved;
}
