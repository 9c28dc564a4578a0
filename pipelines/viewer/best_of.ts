/**
 * The one number that sums up a run.
 * @module
 */
import type { JoinedNumber } from "./joined_numbers.ts";

/** Names by how much they tell, the most telling first. */
const TELLING: readonly RegExp[] = [
  /^test\/logLikelihood$/,
  /^test\/elbo$/,
  /^test\/bitsPerDim$/,
  /^bound\/bits$/,
  /^test\/greedy\/bleu$/,
  /^test\/loss$/,
  /(^|\/)frechet(Distance)?$/,
  /^test\//,
  /^validation\//,
];

/** Names of numbers of which the lowest is the best, by their last word. */
const LOWEST =
  /(loss|error|perplexity|kl|gap|bits|bitsPerDim|bitsPerCharacter|frechet|frechetDistance|seconds)$/i;

/**
 * Chooses the number that sums up a run.
 *
 * @param numbers The run's numbers.
 * @param name The one that is wanted; the most telling one unless given.
 * @returns The number; undefined where the run has none of that name.
 */
export function bestOf(
  numbers: readonly JoinedNumber[],
  name?: string,
): JoinedNumber | undefined {
  if (name !== undefined) return numbers.find((one) => one.name === name);
  for (const pattern of TELLING) {
    const found = numbers.find((one) => pattern.test(one.name));
    if (found) return found;
  }
  return numbers.find(({ band, error }) => band ?? error);
}

/**
 * Says how good a number is, so that runs can be sorted by it.
 *
 * @param number The number; undefined where a run has none.
 * @returns The number, negative where the lowest is the best, such as of losses; `-Infinity` without one.
 */
export function goodness(number: JoinedNumber | undefined): number {
  if (number === undefined || Number.isNaN(number.value)) return -Infinity;
  return LOWEST.test(number.name) ? -number.value : number.value;
}
