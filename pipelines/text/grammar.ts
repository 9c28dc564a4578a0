/**
 * Sources of text whose entropy is known exactly.
 * @module
 */
import type { Key } from "../core/random/key.ts";
import { uniform } from "../core/random/uniform.ts";

/** What can be written in a state: its probability, its text, the state after it (none: the sentence ends). */
export type Choice = readonly [
  probability: number,
  text: string,
  next?: string,
];

/**
 * A finite-state grammar: sentences start in the first state and are independent.
 *
 * The texts of a state must not begin one another, so that a reader of the text always knows the state.
 */
export type Grammar = Readonly<Record<string, readonly Choice[]>>;

/** Choices in a sentence beyond which the grammar is taken to be endless. */
const LONGEST = 10_000;

/**
 * Computes the entropy rate of a grammar's text, in nats per character.
 *
 * The reader knows the state, hence each choice costs its entropy: the entropy of a sentence is the expected number
 * of visits of each state times the entropy of its choice, and the rate is that over the expected length. Source:
 * Cover & Thomas 2006, theorem 4.2.4, for the stationary distribution in proportion to the visits.
 *
 * @param grammar The grammar.
 * @returns The entropy rate; no model can have a lower expected loss.
 * @throws {RangeError} If it is not a grammar whose states a reader knows.
 */
export function entropyRate(grammar: Grammar): number {
  expectReadable(grammar);
  let entropy = 0;
  let length = 0;
  for (const [state, visits] of visitsOf(grammar)) {
    for (const [probability, text] of grammar[state]!) {
      entropy -= visits * probability * Math.log(probability);
      length += visits * probability * text.length;
    }
  }
  return entropy / length;
}

/**
 * Writes sentences until there are `length` characters; the last sentence is cut.
 *
 * @param grammar The grammar.
 * @param key The key, used up.
 * @param length How many characters.
 * @returns The text.
 */
export function write(grammar: Grammar, key: Key, length: number): string {
  const units = uniform(key, length); // every choice writes at least one character
  const texts: string[] = [];
  const [start = ""] = Object.keys(grammar);
  let state = start;
  let written = 0;
  for (let i = 0; written < length; i++) {
    const [, text, next = start] = choose(grammar[state]!, units[i]!);
    texts.push(text);
    written += text.length;
    state = next;
  }
  return texts.join("").slice(0, length);
}

function choose(choices: readonly Choice[], unit: number): Choice {
  let rest = unit;
  for (const choice of choices) {
    rest -= choice[0];
    if (rest < 0) return choice;
  }
  return choices.at(-1)!; // the probabilities add up to 1 but for rounding
}

/** Expected visits of each state per sentence, by following the probability until none is left. */
function visitsOf(grammar: Grammar): ReadonlyMap<string, number> {
  const [start = ""] = Object.keys(grammar);
  const visits = new Map<string, number>();
  let mass = new Map([[start, 1]]);
  for (let choices = 0; mass.size > 0; choices++) {
    if (choices === LONGEST) {
      throw new RangeError(
        `Expected sentences to end but found more than ${LONGEST} choices in one`,
      );
    }
    const after = new Map<string, number>();
    for (const [state, arriving] of mass) {
      visits.set(state, (visits.get(state) ?? 0) + arriving);
      for (const [probability, , next] of grammar[state]!) {
        const leaving = arriving * probability;
        if (next === undefined || leaving < 1e-20) continue; // far below rounding
        after.set(next, (after.get(next) ?? 0) + leaving);
      }
    }
    mass = after;
  }
  return visits;
}

function expectReadable(grammar: Grammar): void {
  for (const [state, choices] of Object.entries(grammar)) {
    const sum = choices.reduce(
      (total, [probability]) => total + probability,
      0,
    );
    if (Math.abs(sum - 1) > 1e-9) {
      throw new RangeError(
        `Expected the probabilities of state "${state}" to add up to 1 but found ${sum}`,
      );
    }
    for (const [probability, text, next] of choices) {
      if (!(probability > 0)) {
        throw new RangeError(
          `Expected positive probabilities in state "${state}" but found ${probability}`,
        );
      }
      if (next !== undefined && !(next in grammar)) {
        throw new RangeError(
          `Expected the states of the grammar but found "${next}" after "${state}"`,
        );
      }
      const clash = choices.filter((other) => other[1].startsWith(text));
      if (text === "" || clash.length > 1) {
        throw new RangeError(
          `Expected texts that do not begin one another in state "${state}" but found "${text}"`,
        );
      }
    }
  }
}
