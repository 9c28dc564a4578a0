import { assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { keyFrom } from "../../../pipelines/core/random/key.ts";
import { sentences } from "../../../pipelines/text/built_in_grammar.ts";
import {
  entropyRate,
  type Grammar,
  write,
} from "../../../pipelines/text/grammar.ts";

Deno.test("entropyRate() of one fair choice is ln 2 over the mean length", () => {
  const grammar: Grammar = { start: [[0.5, "a"], [0.5, "bb"]] };
  assertAlmostEquals(entropyRate(grammar), Math.LN2 / 1.5, 1e-15);
});

Deno.test("entropyRate() counts the visits of a loop", () => {
  // Two visits of "digit" on average, hence 2 H(1/2) nats over 1 + 2 characters: one bracket and two digits.
  const grammar: Grammar = {
    start: [[1, "(", "digit"]],
    digit: [[0.5, "0", "digit"], [0.5, "1"]],
  };
  assertAlmostEquals(entropyRate(grammar), 2 * Math.LN2 / 3, 1e-15);
});

Deno.test("entropyRate() of certain text is 0", () => {
  assertEquals(entropyRate({ start: [[1, "abc"]] }), 0);
});

Deno.test("entropyRate() agrees with the Markov chain over single characters", () => {
  // The stationary distribution is a fixed point to 1e-14, and the chain mixes in some hundred steps.
  assertAlmostEquals(
    entropyRate(sentences),
    characterEntropy(sentences),
    1e-10,
  );
});

Deno.test("write() costs the entropy rate per character", () => {
  // Sentences are independent: rate = sum of costs / sum of lengths, a ratio estimator; its standard error is
  // sd(cost - rate * length) / (mean length * sqrt(n)). Cochran 1977, section 2.11.
  const lines = write(sentences, keyFrom(1), 400_000).split("\n").slice(0, -1);
  const costs = lines.map((line) => costOf(sentences, `${line}\n`));
  const lengths = lines.map((line) => line.length + 1);
  const rate = sum(costs) / sum(lengths);
  const squares = costs.map((cost, i) => (cost - rate * lengths[i]!) ** 2);
  const standardError = Math.sqrt(sum(squares)) / sum(lengths);
  assertAlmostEquals(rate, entropyRate(sentences), 4 * standardError); // by chance once in 16,000 keys
  assertEquals(standardError < 0.005 * rate, true); // sharp enough to see an error of 2 %
});

Deno.test("write() writes exactly as many characters, the same for the same key", () => {
  const text = write(sentences, keyFrom(2), 1_001);
  assertEquals(text.length, 1_001);
  assertEquals(write(sentences, keyFrom(2), 2_002).slice(0, 1_001), text);
});

for (
  const [name, grammar, message] of [
    [
      "probabilities that do not add up",
      { s: [[0.5, "a"], [0.4, "b"]] },
      "add up to 1 but found 0.9",
    ],
    ["a choice that never happens", { s: [[0, "a"], [1, "b"]] }, "but found 0"],
    ["an unknown state", { s: [[1, "a", "t"]] }, 'but found "t" after "s"'],
    [
      "texts that begin one another",
      { s: [[0.5, "a"], [0.5, "ab"]] },
      'but found "a"',
    ],
    ["empty text", { s: [[1, ""]] }, 'but found ""'],
    [
      "sentences without end",
      { s: [[1, "a", "s"]] },
      "Expected sentences to end",
    ],
  ] as const satisfies readonly (readonly [string, Grammar, string])[]
) {
  Deno.test(`entropyRate() refuses ${name}`, () => {
    assertThrows(() => entropyRate(grammar), RangeError, message);
  });
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

/** -ln of the probability of one whole sentence, read choice by choice. */
function costOf(grammar: Grammar, sentence: string): number {
  let [state] = Object.keys(grammar);
  let cost = 0;
  for (let rest = sentence; rest !== "";) {
    const [probability, text, next] = grammar[state!]!.find(([, text]) =>
      rest.startsWith(text)
    )!;
    cost -= Math.log(probability);
    rest = rest.slice(text.length);
    state = next;
  }
  return cost;
}

/** The same rate, by another way: one character at a time, through the stationary distribution of (state, prefix). */
function characterEntropy(grammar: Grammar): number {
  const [start = ""] = Object.keys(grammar);
  const rows = new Map<string, Map<string, { node: string; p: number }>>();
  for (const [state, choices] of Object.entries(grammar)) {
    for (const [, text] of choices) {
      for (let length = 0; length < text.length; length++) {
        const prefix = text.slice(0, length);
        const able = choices.filter(([, other]) => other.startsWith(prefix));
        const row = new Map<string, { node: string; p: number }>();
        for (const [probability, other, next = start] of able) {
          const character = other.charAt(length);
          const node = other.length === length + 1
            ? `${next}|`
            : `${state}|${prefix}${character}`;
          const before = row.get(character)?.p ?? 0;
          row.set(character, {
            node,
            p: before + probability / sum(able.map(([p]) => p)),
          });
        }
        rows.set(`${state}|${prefix}`, row);
      }
    }
  }
  let distribution = new Map([[`${start}|`, 1]]);
  for (let change = 1; change > 1e-14;) {
    const after = new Map<string, number>();
    for (const [node, mass] of distribution) { // half a step: no periods
      after.set(node, (after.get(node) ?? 0) + mass / 2);
      for (const { node: to, p } of rows.get(node)!.values()) {
        after.set(to, (after.get(to) ?? 0) + mass * p / 2);
      }
    }
    change = Math.max(
      ...[...after].map(([node, mass]) =>
        Math.abs(mass - (distribution.get(node) ?? 0))
      ),
    );
    distribution = after;
  }
  return sum(
    [...distribution].map(([node, mass]) =>
      -mass * sum([...rows.get(node)!.values()].map(({ p }) => p * Math.log(p)))
    ),
  );
}
