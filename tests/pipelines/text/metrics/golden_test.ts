import { assert, assertEquals } from "@std/assert";
import {
  type Bleu,
  type BleuOptions,
  corpusBleu,
} from "../../../../pipelines/text/metrics/bleu.ts";
import {
  type ChrfOptions,
  corpusChrf,
} from "../../../../pipelines/text/metrics/chrf.ts";
import { tokenize13a } from "../../../../pipelines/text/metrics/tokenize_13a.ts";
import type { Translations } from "../../../../pipelines/text/metrics/references.ts";
import golden from "../../../golden/translation/sacrebleu.json" with {
  type: "json",
};

/** Sums of logarithms in another order than NumPy's: the last few bits. */
const TOLERANCE = golden.tolerance;

type Case = typeof golden.cases[number];

for (const one of golden.cases) {
  const translations: Translations = {
    hypotheses: one.hypotheses,
    references: one.references,
  };

  Deno.test(`BLEU of "${one.name}" is sacreBLEU's, with all its parts and its signature`, () => {
    const { score, ...parts } = corpusBleu(translations, bleuOptions(one));
    const { score: expected, precisions, ...others } = one.bleu;
    assertNear(score, expected);
    parts.precisions.forEach((value, i) => assertNear(value, precisions[i]!));
    assertEquals<Omit<Bleu, "score" | "precisions" | "brevityPenalty">>({
      counts: parts.counts,
      totals: parts.totals,
      hypothesisLength: parts.hypothesisLength,
      referenceLength: parts.referenceLength,
      signature: parts.signature,
    }, {
      counts: others.counts,
      totals: others.totals,
      hypothesisLength: others.systemLength,
      referenceLength: others.referenceLength,
      signature: others.signature,
    });
    assertNear(parts.brevityPenalty, others.brevityPenalty);
  });

  Deno.test(`chrF of "${one.name}" is sacreBLEU's, and so is chrF++`, () => {
    const options = chrfOptions(one);
    const { score, signature } = corpusChrf(translations, options);
    assertNear(score, one.chrf.score);
    assertEquals(signature, one.chrf.signature);
    const words = corpusChrf(translations, { wordOrder: 2 }); // cased in all cases
    assertNear(words.score, one.chrfPlusPlus);
  });

  Deno.test(`sentences of "${one.name}" score as sacreBLEU's sentences`, () => {
    one.hypotheses.forEach((hypothesis, i) => {
      const sentence = {
        hypotheses: [hypothesis],
        references: one.references.map((set) => [set[i]!]),
      };
      const options = bleuOptions(one);
      const bleu = corpusBleu(sentence, { ...options, effectiveOrder: "yes" });
      assertNear(bleu.score, one.sentenceBleu[i]!);
      const chrf = corpusChrf(sentence, chrfOptions(one));
      assertNear(chrf.score, one.sentenceChrf[i]!);
    });
  });

  Deno.test(`tokens of "${one.name}" are those of 13a`, () => {
    const read = (line: string) => tokenize13a(line).join(" ");
    assertEquals(one.hypotheses.map(read), one.tokens13a.hypotheses);
    assertEquals(
      one.references.map((set) => set.map(read)),
      one.tokens13a.references,
    );
  });
}

function bleuOptions({ bleu: { options } }: Case): BleuOptions {
  return {
    case: options.lowercase ? "lc" : "mixed",
    smoothing: options.smooth_method as "exp" | "floor" | "none", // those of the cases
    effectiveOrder: options.effective_order ? "yes" : "no",
  };
}

function chrfOptions({ chrf: { options } }: Case): ChrfOptions {
  return {
    case: options.lowercase ? "lc" : "mixed",
    characterOrder: options.char_order,
    wordOrder: options.word_order,
    beta: options.beta,
    whiteSpace: options.whitespace ? "kept" : "removed",
  };
}

function assertNear(actual: number, expected: number): void {
  const difference = Math.abs(actual - expected);
  assert(difference <= TOLERANCE, `Expected ${expected} but found ${actual}`);
}
