/**
 * What a translator says of given translations, token by token.
 * @module
 */
import { chooseSizes, padRows, sizeFor } from "../text/parallel/buckets.ts";
import type { SentencePair } from "../text/parallel/corpus.ts";
import { SOS } from "../text/parallel/tokens.ts";
import type { DecoderPool } from "./compiled_decoder.ts";

/** What was said of one translation. */
export interface ReadTarget {
  /** -log p of each token, its end included, in nats. */
  readonly surprisals: readonly number[];
  /** How much each token's prediction looks at each source position, [token][source]; empty without attention. */
  readonly weights: readonly (readonly number[])[];
}

/** Sentences side by side, and the most compiled sizes. */
const BATCH = 50;
const SIZES = 3;

/** Sentences of about one length, to be decoded side by side. */
export interface SentenceGroup {
  /** Tokens of a source row. */
  readonly size: number;
  /** Indices of the sentences. */
  readonly items: readonly number[];
}

/**
 * Groups sentences by length.
 *
 * @param lengths Of the sources.
 * @param batch The most sentences of a group.
 * @param sizes The most different sizes; fewer where the sentences fill fewer groups.
 * @returns Groups whose sizes rise.
 */
export function groupByLength(
  lengths: readonly number[],
  batch: number,
  sizes: number,
): readonly SentenceGroup[] {
  const filled = Math.ceil(lengths.length / batch);
  const chosen = chooseSizes(lengths, Math.min(sizes, filled));
  return chosen.flatMap((size) => {
    const items = lengths.flatMap((length, i) =>
      sizeFor(length, chosen) === size ? [i] : []
    );
    return Array.from({ length: Math.ceil(items.length / batch) }, (_, i) => ({
      size,
      items: items.slice(i * batch, (i + 1) * batch),
    }));
  });
}

/**
 * Reads translations with a translator: each token is predicted from the true ones before it, or from others.
 *
 * @param pool Decoders of the model.
 * @param pairs Sources, and the tokens to predict.
 * @param befores What is read before each of these tokens: the true ones unless given.
 * @returns One for each pair.
 */
export async function readTargets(
  pool: DecoderPool,
  pairs: readonly Pick<SentencePair, "source" | "target">[],
  befores: readonly (readonly number[])[] = pairs.map(({ target }) => [
    SOS,
    ...target.slice(0, -1),
  ]),
): Promise<readonly ReadTarget[]> {
  const results: ReadTarget[] = new Array(pairs.length);
  const lengths = pairs.map(({ source }) => Math.max(1, source.length));
  const groups = groupByLength(lengths, BATCH, SIZES);
  for (const size of new Set(groups.map((group) => group.size))) {
    const options = { batch: BATCH, beams: 1, size, likeliest: 1 } as const;
    const decoder = await pool.decoder({ ...options, end: "allowed" });
    for (const { items } of groups.filter((group) => group.size === size)) {
      const sources = items.map((i) => pairs[i]!.source); // indices of pairs
      const { encoded, ...start } = await decoder.encode(
        padRows(sources, BATCH, size),
      );
      let { state } = start;
      const found = items.map(() => ({
        surprisals: [] as number[],
        weights: [] as number[][],
      }));
      const longest = Math.max(...items.map((i) => pairs[i]!.target.length));
      const column = (rows: readonly (readonly number[])[], at: number) =>
        Int32Array.from({ length: BATCH }, (_, j) => rows[j]?.[at] ?? 0);
      const goals = items.map((i) => pairs[i]!.target);
      const inputs = items.map((i) => befores[i]!); // one for each pair
      for (let at = 0; at < longest; at++) {
        pool.signal.throwIfAborted();
        const token = column(inputs, at);
        const said = await decoder.step(
          token,
          state,
          encoded,
          column(goals, at),
        );
        state = said.state;
        goals.forEach((goal, j) => {
          if (at >= goal.length) return;
          found[j]!.surprisals.push(said.surprisal[j]!);
          if (said.weights.length === 0) return;
          const row = said.weights.subarray(j * size, (j + 1) * size);
          found[j]!.weights.push([...row.subarray(0, sources[j]!.length)]);
        });
      }
      items.forEach((i, j) => results[i] = found[j]!);
    }
  }
  return results;
}

/** A loss over sentences. */
export interface TokenLoss {
  /** Nats per real token: the sum over all sentences, divided by their tokens. */
  readonly loss: number;
  /** Real tokens, ends included. */
  readonly tokens: number;
}

/**
 * Adds up surprisals over a split.
 *
 * @param targets What was said of each translation.
 * @returns The loss, no mean over batches or sentences.
 * @throws {RangeError} If there is no token.
 */
export function tokenLoss(targets: readonly ReadTarget[]): TokenLoss {
  const all = targets.flatMap(({ surprisals }) => surprisals);
  if (all.length === 0) throw new RangeError("Expected at least one token");
  const sum = all.reduce((total, one) => total + one, 0);
  return { loss: sum / all.length, tokens: all.length };
}
