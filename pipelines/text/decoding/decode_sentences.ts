/**
 * Sentences decoded side by side: where one is done, the next takes its place.
 * @module
 */
import { together } from "../../core/in_flight.ts";
import { chooseSizes, padRows, sizeFor } from "../parallel/buckets.ts";
import type { DecoderPool } from "./compiled_decoder.ts";
import type { DecoderOptions, DecoderStep } from "./compiled_step.ts";
import type { NamedArrays } from "./kept_sequences.ts";
import { SeenSources } from "./seen_sources.ts";

/** A lane with fewer sequences gains less than its thread would as a second one of another lane. */
const LEAST_ROWS = 16;

/** So many sentences for each place make the end, when places stay empty, a small part. */
const SENTENCES = 10;

/** Different sizes of sources, at most. */
const SIZES = 3;

/** What the decoder says of one sentence after a token. */
export type SaidOfSentence = Omit<DecoderStep, "made">;

/** A sentence whose target is being decoded. */
export interface SentenceInProgress {
  /** The token that each of its sequences reads next, at most as many as beams; none if nothing is to be read. */
  readonly next: () => readonly number[];
  /** The token whose surprisal is asked for, where no likeliest ones are. */
  readonly goal?: () => number;
  /** Takes what is said; tells which sequence each one that runs on grew from, none when the sentence is done. */
  readonly take: (said: SaidOfSentence) => readonly number[];
}

/** How to decode. */
export interface DecodingOptions
  extends Pick<DecoderOptions, "beams" | "likeliest" | "end"> {
  /** Sequences of a step, about; up to twice as many where there are many sentences. */
  readonly rows: number;
  /** Tokens that most targets have, for sources of some tokens. */
  readonly expected: (size: number) => number;
}

/**
 * Decodes sentences, short sources first, so that the graphs of a step have room for no longer ones than are there.
 *
 * @param pool Decoders of the model.
 * @param sources Tokens of each source sentence.
 * @param options How.
 * @param begin Begins a sentence, by index; each once.
 */
export async function decodeSentences(
  pool: DecoderPool,
  sources: readonly (readonly number[])[],
  { rows, expected, ...options }: DecodingOptions,
  begin: (index: number) => SentenceInProgress,
): Promise<void> {
  if (sources.length === 0) return;
  const { lanes, batch } = sharedOut(sources.length, {
    lanes: pool.lanes,
    usual: Math.max(1, Math.round(rows / options.beams)),
    least: Math.ceil(LEAST_ROWS / options.beams),
  });
  const lengths = sources.map(({ length }) => Math.max(1, length));
  const filled = Math.ceil(sources.length / batch);
  const sizes = chooseSizes(lengths, Math.min(SIZES, filled));
  const items = lengths.map((_, i) => i)
    .sort((a, b) => lengths[a]! - lengths[b]!); // indices of them
  const sized = {
    ...{ ...options, batch, lanes },
    expected: expected(sizes[0]!), // one at least
  };
  const batches = batchesOf(items, batch).values(); // lanes take from them in turn
  const sizeOf = (ahead: readonly number[]) =>
    sizeFor(lengths[ahead.at(-1)!]!, sizes); // the longest of them
  await together(
    Array.from(
      { length: lanes },
      () => decodeInPlaces(pool, sized, { batches, sizeOf, sources, begin }),
    ),
  );
}

function batchesOf(
  items: readonly number[],
  batch: number,
): readonly (readonly number[])[] {
  return Array.from(
    { length: Math.ceil(items.length / batch) },
    (_, i) => items.slice(i * batch, (i + 1) * batch),
  );
}

/**
 * Shares sentences out among threads: all have a lane where there are enough, and batches are alike, so that no lane
 * ends long before another.
 *
 * Steps of more sequences are fewer and faster, but places stay empty at the end, when no sentences are left: there are
 * up to twice as many where each of them still has many sentences, one after the other.
 *
 * @param count Of sentences, one at least.
 * @param limits The most lanes, the usual places for sentences in each, and the least sentences for a lane.
 * @returns Lanes, and places for sentences in each.
 */
export function sharedOut(
  count: number,
  { lanes, usual, least }: {
    readonly lanes: number;
    readonly usual: number;
    readonly least: number;
  },
): { readonly lanes: number; readonly batch: number } {
  const used = Math.max(1, Math.min(lanes, Math.floor(count / least)));
  const many = Math.floor(count / (used * SENTENCES));
  const most = Math.max(usual, Math.min(2 * usual, many));
  const rounds = Math.ceil(count / (used * most));
  const batch = Math.ceil(count / (used * rounds));
  return { lanes: Math.min(used, Math.ceil(count / batch)), batch };
}

/** Decodes sentences in the places of one lane, until there are no more. */
async function decodeInPlaces(
  pool: DecoderPool,
  { expected, ...options }: Omit<DecoderOptions, "size"> & {
    readonly expected: number;
  },
  { batches, sizeOf, sources, begin }: {
    readonly batches: Iterator<readonly number[]>;
    /** Tokens that there must be room for. */
    readonly sizeOf: (ahead: readonly number[]) => number;
    readonly sources: readonly (readonly number[])[];
    readonly begin: (index: number) => SentenceInProgress;
  },
): Promise<void> {
  const { batch, beams, lanes } = options;
  const kept = pool.translator.keep({ batch, beams, expected });
  const seen = new SeenSources(pool.translator, batch);
  const places: (SentenceInProgress | undefined)[] = new Array(batch);
  let encoded: NamedArrays = {};
  let ahead: readonly number[] = []; // whose sources are encoded
  let begun = 0; // of these

  /** Reads the next batch of sentences. */
  const readAhead = async () => {
    const size = sizeOf(ahead);
    seen.widen(size);
    const { encode } = await pool.encoder({ batch, size, lanes });
    const read = ahead.map((i) => sources[i]!); // indices of sources
    encoded = await encode(padRows(read, batch, size));
  };
  /** Gives a free place to the next sentence that is to be read. */
  const fill = async (place: number) => {
    for (; !places[place]; begun++) {
      if (begun === ahead.length) {
        const next = batches.next();
        if (next.done) return;
        [ahead, begun] = [next.value, 0];
        await readAhead();
      }
      const row = begun;
      const sentence = begin(ahead[row]!); // one of them
      if (sentence.next().length === 0) continue;
      const first = Object.entries(encoded).map(([name, array]) =>
        [name, rowOf(array, row, batch)] as const
      );
      const own = Object.fromEntries(first);
      seen.set(place, own);
      kept.begin(place, own);
      places[place] = sentence;
    }
  };

  for (;;) {
    for (let place = 0; place < batch; place++) {
      if (!places[place]) await fill(place);
    }
    if (places.every((sentence) => !sentence)) return;
    pool.signal.throwIfAborted();
    const token = new Int32Array(batch * beams);
    const goal = new Int32Array(batch * beams);
    places.forEach((sentence, place) => {
      if (!sentence) return;
      token.set(sentence.next(), place * beams);
      if (sentence.goal) goal.fill(sentence.goal(), place * beams);
    });
    const { step } = await pool.step({ ...options, size: seen.size }, kept);
    const told = { ...seen.arrays, ...kept.told };
    const { made, ...said } = await step({ token, goal, told });
    places.forEach((sentence, place) => {
      const parents = sentence?.take(saidOf(said, place, batch)) ?? [];
      if (parents.length > 0) kept.follow(place, parents, made);
      else places[place] = undefined;
    });
  }
}

function saidOf(
  { logProbs, tokens, surprisal, weights }: SaidOfSentence,
  place: number,
  batch: number,
): SaidOfSentence {
  return {
    logProbs: rowOf(logProbs, place, batch),
    tokens: rowOf(tokens, place, batch),
    surprisal: rowOf(surprisal, place, batch),
    weights: rowOf(weights, place, batch),
  };
}

/** A sentence's part of what is there for a batch. */
function rowOf<A extends Float32Array | Int32Array>(
  array: A,
  row: number,
  batch: number,
): A {
  const size = array.length / batch;
  return array.subarray(row * size, (row + 1) * size) as A; // of the same kind
}
