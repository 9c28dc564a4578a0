import { randomFrom } from "./random.ts";
import { isClear, type Target } from "./targets.ts";

/** How a parser stood. */
export interface Fuzzed {
  /** Inputs that passed its syntax. */
  readonly inputs: number;
  /** Inputs that it took. */
  readonly taken: number;
  /** Inputs that it refused, telling the rule. */
  readonly refused: number;
}

/**
 * Feeds a parser with inputs, one for each seed.
 *
 * @throws {Error} If an input is neither read right nor refused with its rule, naming the seed, which goes into the corpus.
 */
export async function fuzz(
  target: Target,
  seeds: Iterable<number>,
): Promise<Fuzzed> {
  let [taken, refused] = [0, 0];
  for (const seed of seeds) {
    try {
      await target.attempt(randomFrom(seed));
      taken++;
    } catch (error) {
      if (!isClear(error)) {
        const message = `Not clear: ${target.name}, seed ${seed}`;
        throw new Error(message, { cause: error });
      }
      refused++;
    }
  }
  return { inputs: taken + refused, taken, refused };
}

/** The seeds `from`, `from + 1`, ... */
export function* seedsFrom(from: number, count: number): Generator<number> {
  for (let i = 0; i < count; i++) yield from + i;
}
