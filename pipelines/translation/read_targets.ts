/**
 * What a translator says of given translations, token by token.
 * @module
 */
import type { SentencePair } from "../text/parallel/corpus.ts";
import { SOS } from "../text/parallel/tokens.ts";
import type { DecoderPool } from "../text/decoding/compiled_decoder.ts";
import { decodeSentences } from "../text/decoding/decode_sentences.ts";

/** What was said of one translation. */
export interface ReadTarget {
  /** -log p of each token, its end included, in nats. */
  readonly surprisals: readonly number[];
  /** How much each token's prediction looks at each source position, [token][source]; empty without attention. */
  readonly weights: readonly (readonly number[])[];
}

/** Sentences side by side. */
const ROWS = 64;

/**
 * Reads translations with a translator: each token is predicted from the true ones before it, or from others.
 *
 * @param pool Decoders of the model.
 * @param pairs Sources, and the tokens to predict; those behind the longest target that the model can write are left out.
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
  const results = pairs.map(() => ({
    surprisals: [] as number[],
    weights: [] as number[][],
  }));
  const sources = pairs.map(({ source }) => source);
  const { longest } = pool.translator;
  const lengths = pairs.map(({ target }) => Math.min(target.length, longest));
  const greatest = lengths.reduce((most, one) => Math.max(most, one), 0);
  await decodeSentences(pool, sources, {
    beams: 1,
    likeliest: 0,
    end: "allowed",
    rows: ROWS,
    expected: (size) => Math.min(size, greatest),
  }, (i) => {
    const { source, target } = pairs[i]!; // an index of them
    const { surprisals, weights } = results[i]!; // likewise
    const [before, length] = [befores[i]!, lengths[i]!]; // one for each pair
    const at = () => surprisals.length;
    return {
      next: () => at() < length ? [before[at()] ?? 0] : [],
      goal: () => target[at()]!, // there is a next one
      take: (said) => {
        surprisals.push(said.surprisal[0]!); // of the one sequence
        const row = said.weights.subarray(0, source.length);
        if (row.length > 0) weights.push([...row]);
        return at() < length ? [0] : [];
      },
    };
  });
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
