import { sizesOf } from "../../../../pipelines/translation/transformer_translator.ts";
import { sampleParameter } from "../../../../pipelines/training/sample_parameter.ts";
import { assert, assertEquals } from "@std/assert";
import { fold, keyFrom } from "../../../../pipelines/core/random/key.ts";
import { builtInTranslation } from "../../../../pipelines/text/parallel/built_in_translation.ts";
import { decoderPool } from "../../../../pipelines/text/decoding/compiled_decoder.ts";
import { manyCorpus } from "../../../../pipelines/translation/many/many_corpus.ts";
import {
  languageGuesser,
  measureDirections,
} from "../../../../pipelines/translation/many/measure_many.ts";
import { transformerTranslator } from "../../../../pipelines/translation/transformer_translator.ts";
import { scoreTranslations } from "../../../../pipelines/translation/score_translations.ts";
import { writeTranslations } from "../../../../pipelines/translation/write_translations.ts";
import { inContext } from "../../in_context.ts";

const { corpus: many } = manyCorpus(builtInTranslation(), {
  ...{ others: ["de"], pieces: 160, maxLength: 20, sentences: 64 },
  measureSentences: 6,
});
const settings = {
  ...{ normalization: "pre", layers: 1, width: 8, heads: 2 } as const,
  ...{ feedForward: 2, maxLength: 20 },
};

Deno.test("measureDirections() measures what was not learned with and without its tag", async () => {
  await inContext(async (context) => {
    const [learned, other] = many.directions;
    using made = transformerTranslator(
      sizesOf(many, settings),
      Object.values(many.tags),
      sampleParameter(keyFrom(3)),
    );
    const found = await measureDirections(made.decodable, many, {
      ...{ learned: [learned!], measured: [learned!, other!] },
    }, context);
    assertEquals(
      found.map(({ name, isLearned, tag }) => [name, isLearned, tag]),
      [
        ["de-en", true, "tagged"],
        ["en-de", false, "tagged"],
        ["en-de", false, "bare"],
      ],
    );
    using pool = decoderPool(made.decodable, context);
    const guess = languageGuesser(many.lines);
    for (const { name, tag, ...one } of found) {
      const direction = name === "de-en" ? learned! : other!;
      const pairs = many.pairs("test", direction, tag);
      const written = (await writeTranslations(
        pool,
        pairs.map(({ source }) => source),
        { beams: 1, penalty: { kind: "none" } },
      )).map(([first]) => first!);
      const lines = written.map(({ tokens }) => many.tokens.decode(tokens));
      const share = (is: (i: number) => boolean) =>
        lines.filter((_, i) => is(i)).length / lines.length;
      assertEquals(one.unended, share((i) => !written[i]!.isEnded));
      assertEquals(
        one.rightLanguage,
        share((i) => guess(lines[i]!) === direction.target),
      );
      const references = pairs.map(({ targetLine }) => targetLine);
      const key = fold(context.key, `${name}, ${tag}`);
      assertEquals(one.scores, scoreTranslations(lines, references, key));
    }
  });
});

Deno.test("languageGuesser() takes unseen words for a tenth of an occurrence", () => {
  // of "a b": in x 2/4 * 0.1/4, in y 0.1/1 * 1/1
  const guess = languageGuesser({ x: ["a a c d"], y: ["b"] });
  assert(2 / 4 * 0.1 / 4 < 0.1 * 1);
  assertEquals(guess("a b"), "y");
  assertEquals(guess("a a"), "x"); // 2/4 * 2/4 beside 0.1 * 0.1
  assertEquals(guess("a c q"), "x"); // 2/4 * 1/4 * 0.1/4 beside 0.1^3
});
