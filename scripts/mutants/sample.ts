/**
 * A random sample of mutants.
 * @module
 */
import { fold, type Key, keyFrom } from "../../pipelines/core/random/key.ts";
import type { Mutant, Site } from "./mutant.ts";

/**
 * Draws one change of each of a number of places, every place alike.
 *
 * Each place draws by its own name, so that a change elsewhere leaves the others in the sample.
 *
 * @param sites All places.
 * @param count How many; fewer if there are not as many.
 * @param seed Of the sample.
 * @returns The changes in their drawn order.
 */
export function sample(
  sites: readonly Site[],
  count: number,
  seed: number,
): readonly Mutant[] {
  const key = keyFrom(seed);
  return sites.map((site) => ({ site, words: fold(key, site.name).words }))
    .sort((a, b) => a.words[0] - b.words[0] || a.words[1] - b.words[1])
    .slice(0, count)
    .map(({ site, words }) => pick(site, words));
}

function pick({ mutants }: Site, words: Key["words"]): Mutant {
  return mutants[words[1] % mutants.length] ?? mutants[0];
}
