/**
 * The one number that sums up a run.
 * @module
 */
import type { JoinedNumber } from "./joined_numbers.ts";

/** Names by how much they tell, the most telling first. */
const TELLING: readonly RegExp[] = [
  /^test\/logLikelihood$/,
  /^test\/elbo$/,
  /^test\/bitsPerDim(ension)?$/,
  /^test\/loss$/,
  /\/frechetDistance$/,
  /^test\/bleu$/i,
  /^test\//,
  /^validation\//,
];

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
