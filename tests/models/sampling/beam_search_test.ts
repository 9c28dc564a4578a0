import {
  assert,
  assertAlmostEquals,
  assertEquals,
  assertThrows,
} from "@std/assert";
import {
  type BeamOptions,
  beginning,
  bestOf,
  extendBeam,
  type Hypothesis,
  type LengthPenalty,
} from "../../../models/sampling/beam_search.ts";
import golden from "../../golden/translation/beam.json" with { type: "json" };

const penalties: Readonly<Record<string, LengthPenalty>> = {
  none: { kind: "none" },
  length: { kind: "length" },
  "gnmt0.6": { kind: "gnmt", alpha: 0.6 },
};

interface Chain {
  readonly eos: number;
  readonly start: readonly number[];
  readonly transitions: Readonly<Record<string, readonly number[]>>;
  readonly maxLength: number;
}

type Search = Pick<BeamOptions, "width" | "penalty" | "stop">;

/** The best sequence of a Markov chain by beam search, and how many steps that took. */
function search(chain: Chain, options: Search) {
  const all = { ...options, end: chain.eos, maxLength: chain.maxLength };
  let beam = beginning;
  let steps = 0;
  while (beam.running.length > 0) {
    const next = beam.running.flatMap(({ tokens }, parent) =>
      after(chain, tokens).map((probability, token) => ({
        parent,
        token,
        logProb: Math.log(probability),
      }))
    );
    beam = extendBeam(beam, next, all);
    steps++;
  }
  return { best: bestOf(beam)[0]!, steps };
}

function after(chain: Chain, tokens: readonly number[]): readonly number[] {
  const last = tokens.at(-1);
  return last === undefined ? chain.start : chain.transitions[last]!;
}

/** The best of all sequences, by trying each. */
function exhaust(chain: Chain, penalty: LengthPenalty): Hypothesis {
  const wide = { end: chain.eos, maxLength: chain.maxLength, penalty };
  const found: Hypothesis[] = [];
  const visit = (tokens: readonly number[], logProb: number) => {
    if (tokens.length === chain.maxLength) return;
    after(chain, tokens).forEach((probability, token) => {
      if (probability === 0) return;
      const total = logProb + Math.log(probability);
      if (token !== chain.eos) return visit([...tokens, token], total);
      const { ended } = extendBeam(
        {
          ...beginning,
          running: [{ ...beginning.running[0]!, tokens, logProb }],
        },
        [{ parent: 0, token, logProb: Math.log(probability) }],
        { ...wide, width: 1, stop: "ended" },
      );
      found.push(ended[0]!);
    });
  };
  visit([], 0);
  return found.reduce((best, one) => one.score > best.score ? one : best);
}

for (const chain of golden.cases) {
  for (const [name, expected] of Object.entries(chain.beams)) {
    Deno.test(`a beam of ${name} finds what the enumeration in Python found: ${chain.name}`, () => {
      const [width = "", penalty = ""] = name.split("/");
      const { best } = search(chain, {
        width: Number(width),
        penalty: penalties[penalty]!,
        stop: "ended",
      });
      assertEquals(best.tokens, expected.tokens);
      assertAlmostEquals(best.logProb, expected.logProbability, 1e-10);
      assertAlmostEquals(best.score, expected.score, 1e-10);
    });
  }

  for (const [name, penalty] of Object.entries(penalties)) {
    const truth = exhaust(chain, penalty);

    Deno.test(`a wide beam finds the best of all sequences, ${name}: ${chain.name}`, () => {
      const expected = chain.exhaustive[name as keyof typeof chain.exhaustive];
      assertEquals(truth.tokens, expected.tokens);
      for (const stop of ["settled", "ended"] as const) {
        const { best } = search(chain, { width: 64, penalty, stop });
        assertEquals(best.tokens, truth.tokens);
        assertAlmostEquals(best.logProb, expected.logProbability, 1e-10);
      }
    });

    Deno.test(`a beam that waits until it is settled is never worse, ${name}: ${chain.name}`, () => {
      for (const width of [1, 2, 3]) {
        const soon = search(chain, { width, penalty, stop: "ended" });
        const late = search(chain, { width, penalty, stop: "settled" });
        assert(late.best.score >= soon.best.score);
        assert(late.best.score <= truth.score + 1e-12);
        assert(late.steps >= soon.steps);
      }
    });
  }

  Deno.test(`a beam of one is greedy search: ${chain.name}`, () => {
    const { best } = search(chain, {
      width: 1,
      penalty: { kind: "none" },
      stop: "ended",
    });
    assertEquals(best.tokens, chain.greedy.tokens);
    assertAlmostEquals(best.logProb, chain.greedy.logProbability, 1e-10);
  });
}

/** Ends at once with .4; else 1 follows, and then the end for certain. */
const late: Chain = {
  eos: 0,
  start: [0.4, 0.6],
  transitions: { 1: [1, 0] },
  maxLength: 4,
};

Deno.test("a search goes on while a running sequence can win: .4 ended first, .6 is better", () => {
  const shorter = { ...late, start: [0.6, 0.4] };
  const penalty = penalties["length"]!;
  const soon = search(shorter, { width: 1, penalty, stop: "ended" });
  const settled = search(shorter, { width: 1, penalty, stop: "settled" });
  assertEquals(soon.best.tokens, []); // log .6 = -.51
  assertEquals(settled.best.tokens, [1]); // log .4 / 2 = -.46
  assertEquals(
    search(late, { width: 1, penalty: penalties["none"]!, stop: "settled" })
      .best.tokens,
    [1],
  );
});

Deno.test("a search that reaches the greatest length without an end gives what runs", () => {
  const endless = { ...late, start: [0, 1], transitions: { 1: [0, 1] } };
  const { best } = search(endless, {
    width: 2,
    penalty: penalties["length"]!,
    stop: "settled",
  });
  assertEquals([best.tokens, best.isEnded], [[1, 1, 1, 1], false]);
});

Deno.test("a beam without width, and one without length, are refused", () => {
  const options = { end: 0, penalty: { kind: "none" }, stop: "ended" } as const;
  for (const [width, maxLength] of [[0, 1], [1, 0], [NaN, 1]] as const) {
    assertThrows(
      () => extendBeam(beginning, [], { ...options, width, maxLength }),
      RangeError,
      `Expected a positive width and length but found ${width} and ${maxLength}`,
    );
  }
});

Deno.test("one sequence that ended is better than all that did not", () => {
  const one = (logProb: number, isEnded: boolean): Hypothesis => ({
    ...{ tokens: [1], logProb, score: logProb, isEnded },
  });
  const beam = { running: [one(-1, false), one(-2, false)], parents: [0, 0] };
  assertEquals(bestOf({ ...beam, ended: [one(-5, true)] }), [one(-5, true)]);
  assertEquals(bestOf({ ...beam, ended: [] }), beam.running);
});
