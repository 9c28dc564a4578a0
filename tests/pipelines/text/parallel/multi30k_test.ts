import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import { expectKnown } from "../../../../pipelines/core/data/known_data.ts";
import { readData } from "../../../../pipelines/core/data/read_file.ts";
import { corpusBleu } from "../../../../pipelines/text/metrics/bleu.ts";
import { corpusChrf } from "../../../../pipelines/text/metrics/chrf.ts";
import {
  LANGUAGES,
  multi30k,
} from "../../../../pipelines/text/parallel/multi30k.ts";
import { parseParallel } from "../../../../pipelines/text/parallel/parse_parallel.ts";
import { listWords } from "../../../../pipelines/text/parallel/words.ts";
import recipes from "../../../golden/translation/multi30k_recipes.json" with {
  type: "json",
};

const data = Deno.env.get("LOWERBOUND_DATA");

Deno.test("three files of each language are known, with a checksum and a mirror each", () => {
  const { files } = multi30k(LANGUAGES);
  assertEquals(files.length, 12);
  assertEquals(new Set(files.map(({ sha256 }) => sha256)).size, 12);
  assert(files.every(({ sha256 }) => /^[0-9a-f]{64}$/.test(sha256 ?? "")));
  assert(files.every(({ name, urls }) => urls[0]?.endsWith(`/${name}.gz`)));
});

/** What a recipe makes of the test sentences: hypotheses and references. */
function cook(
  recipe: string,
  lines: Readonly<Record<string, readonly string[]>>,
): readonly [readonly string[], readonly string[]] {
  const words = (line: string) => line.split(/\s+/);
  const [, language = ""] = /reference of (\w\w)|$/.exec(recipe) ?? [];
  const own = lines[language] ?? [];
  if (recipe.includes("without every 5th")) {
    return [
      own.map((line) => words(line).filter((_, i) => i % 5 !== 4).join(" ")),
      own,
    ];
  }
  if (recipe.includes("swapped")) {
    const swap = (all: readonly string[]) =>
      all.map((word, i) => all[i ^ 1] ?? word).join(" ");
    return [own.map((line) => swap(words(line))), own];
  }
  const lower = /lower case of (\w\w)/.exec(recipe)?.[1];
  if (lower) {
    const cased = lines[lower]!;
    return [cased.map((line) => line.toLowerCase()), cased];
  }
  const copied = /= (\w\w) source copied, reference (\w\w)/.exec(recipe);
  if (copied) return [lines[copied[1]!]!, lines[copied[2]!]!];
  const english = lines["en"]!.map((line) => line.toLowerCase());
  return [english.map(() => "a man in a blue shirt ."), english];
}

Deno.test({
  name:
    "Multi30k is what its checksums say, and scores of its sentences are sacreBLEU's (needs LOWERBOUND_DATA)",
  ignore: data === undefined,
  fn: async () => {
    const known = multi30k(LANGUAGES);
    const files = await readData(`${data}/multi30k`, known);
    known.files.forEach((file, i) => expectKnown(files[i]!, file)); // as many
    const text = parseParallel(files, LANGUAGES);
    assertEquals(
      [text.train, text.validation, text.test].map(({ counts }) => counts),
      [29_000, 1_014, 1_000].map((read) => ({ read, empty: 0, composed: 0 })),
    );
    // with the four marks: as counted by the second implementation, data.py
    assertEquals(listWords(text.train.lines["en"]!, 2).length, 5_977);
    for (const [i, { recipe, bleu, chrf, counts }] of recipes.cases.entries()) {
      const [hypotheses, references] = cook(recipe, text.test.lines);
      const translations = { hypotheses, references: [references] };
      const found = corpusBleu(translations);
      assertAlmostEquals(found.score, bleu, recipes.tolerance, recipe);
      assertEquals(found.counts, counts, recipe);
      if (i % 4 !== 0) continue; // chrF takes ten times as long
      const score = corpusChrf(translations).score;
      assertAlmostEquals(score, chrf, recipes.tolerance, recipe);
    }
  },
});
