import { assertAlmostEquals, assertEquals } from "@std/assert";
import type { RunContext } from "../../../../pipelines/core/context.ts";
import { pipeline } from "../../../../pipelines/core/pipeline.ts";
import { execute } from "../../../../pipelines/core/run/execute.ts";
import { type Stage, stage } from "../../../../pipelines/core/stage.ts";
import { EOS, SOS } from "../../../../pipelines/text/parallel/tokens.ts";
import type { Training } from "../../../../pipelines/training/training.ts";
import {
  buildSeq2Seq,
  type RecurrentTranslator,
} from "../../../../pipelines/translation/build_seq2seq.ts";
import { decoderPool } from "../../../../pipelines/text/decoding/compiled_decoder.ts";
import { readTargets } from "../../../../pipelines/translation/read_targets.ts";
import { scoreTranslations } from "../../../../pipelines/translation/score_translations.ts";
import { measureAttention } from "../../../../pipelines/translation/study/attention_measures.ts";
import {
  type CaseMeasures,
  measureCase,
} from "../../../../pipelines/translation/study/measure_case.ts";
import { trainTranslator } from "../../../../pipelines/translation/train_translator.ts";
import { writeTranslations } from "../../../../pipelines/translation/write_translations.ts";
import { smallCorpus, smallTraining } from "../small_corpus.ts";

const whole = await smallCorpus(128);

/** One of whose sentences ends before the others. */
const uneven: typeof whole = {
  ...whole,
  test: whole.test.map((pair, i) =>
    i === 3 ? { ...pair, target: [...pair.target.slice(0, 2), EOS] } : pair
  ),
};

/** Trains a little, measures, and checks with the translator at hand. */
async function measured(
  corpus: typeof whole,
  check: (
    measures: CaseMeasures,
    translator: RecurrentTranslator,
    context: RunContext,
  ) => Promise<void>,
): Promise<void> {
  const checking: Stage<
    {
      readonly translator: RecurrentTranslator;
      readonly measures: CaseMeasures;
      readonly training: Training;
    },
    { readonly done: true }
  > = stage("check", {
    needs: ["translator", "measures", "training"],
    adds: { done: "" },
  }, async ({ translator, measures, training }, context) => {
    const losses = training.history.flatMap(({ step, values }) =>
      values["train/loss"] === undefined
        ? []
        : [{ step, loss: values["train/loss"] }]
    );
    assertEquals(measures.losses, losses);
    await check(measures, translator, context);
    return { done: true };
  });
  const config = { ...smallTraining, epochs: 2, corpus, maxLength: 14 };
  const run = pipeline<typeof config>("test").pipe(buildSeq2Seq)
    .pipe(trainTranslator).pipe(measureCase).pipe(checking).give("done");
  await execute(run, config, { seed: 0, device: "cpu", threads: 1 });
}

const mean = (values: readonly number[]) =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

Deno.test("measureCase() compares true and own words before, and what is written with and without an end", async () => {
  const corpus = uneven;
  await measured(corpus, async (measures, translator, context) => {
    using pool = decoderPool(translator.decodable, context);
    const { test, targetTokens } = corpus;
    const sources = test.map(({ source }) => source);
    const greedy = { beams: 1, penalty: { kind: "none" } } as const;
    const written = (await writeTranslations(pool, sources, greedy))
      .map(([first]) => first!.tokens);
    const read = await readTargets(pool, test);
    const own = await readTargets(
      pool,
      test,
      written.map((tokens) => [SOS, ...tokens]),
    );
    assertAlmostEquals(
      measures.testLoss,
      mean(read.flatMap(({ surprisals }) => surprisals)),
      1e-12,
    );
    for (const point of measures.exposure) {
      const at = point.position;
      const reach = test.flatMap(({ target }, i) =>
        target.length > at && written[i]!.length >= at ? [i] : []
      );
      assertEquals(point.sentences, reach.length);
      const of = (all: typeof read) =>
        mean(reach.map((i) => all[i]!.surprisals[at]!));
      assertAlmostEquals(point.forced, of(read), 1e-12);
      assertAlmostEquals(point.own, of(own), 1e-12);
    }
    assertEquals(measures.exposure[0]!.position, 0);
    const counts = measures.exposure.map(({ sentences }) => sentences);
    assertEquals(counts.slice(0, 4), [12, 12, 12, 11]);
    assertEquals(measures.exposure[0]!.forced, measures.exposure[0]!.own);

    const found = await writeTranslations(pool, sources, {
      ...{ ...greedy, end: "forbidden", maxLength: 40 } as const,
    });
    const endless = found.map(([first]) => first!.tokens);
    const { bleu, lengthRatio } = scoreTranslations(
      endless.map(targetTokens.decode),
      test.map(({ targetLine }) => targetLine),
      context.key,
    );
    assertEquals(measures.endless.bleu, bleu.score);
    assertEquals(measures.endless.lengthRatio, lengthRatio);
    const begins = written.filter((tokens, i) =>
      `${endless[i]!.slice(0, tokens.length)}` === `${tokens}`
    );
    assertEquals(measures.endless.samePrefix, begins.length / written.length);
    let [repeats, words] = [0, 0];
    endless.forEach((tokens, i) => {
      for (let at = written[i]!.length + 1; at < tokens.length; at++) {
        words++;
        if (tokens[at] === tokens[at - 1]) repeats++;
      }
    });
    assertEquals(measures.endless.repeats, repeats / words);
    const behind = await readTargets(
      pool,
      sources.map((source, i) => ({ source, target: endless[i]! })),
    );
    const cut = endless.map((tokens, i) => tokens.slice(written[i]!.length));
    const attention = measureAttention(
      sources.map((source, i) => ({ source, target: cut[i]! })),
      behind.map(({ surprisals, weights }, i) => ({
        surprisals,
        weights: weights.slice(written[i]!.length),
      })),
      corpus,
    );
    assertEquals(measures.endless.behindEnd, attention.all);
    assertEquals(measures.attention, measureAttention(test, read, corpus));
    // words of the sources, without their ends
    const lengths = sources.map((one) => one.filter((id) => id !== EOS).length);
    assertEquals(measures.byLength[0]!.range[0], Math.min(...lengths));
    assertEquals(measures.byLength.at(-1)!.range[1], Math.max(...lengths));
  });
});

Deno.test("measureCase() tells the exposure where a tenth of the sentences are, and no less", async () => {
  for (const [count, longest] of [[20, 4], [21, 3]] as const) {
    const test = Array.from({ length: count }, (_, i) => {
      const pair = whole.test[i % whole.test.length]!;
      const words = pair.target.slice(0, i < 2 ? 3 : 2);
      return { ...pair, target: [...words, EOS] };
    });
    const links = test.map(() => [[0, 0] as const]);
    await measured({ ...whole, test, links }, ({ exposure }) => {
      const counts = exposure.map(({ sentences }) => sentences);
      assertEquals(counts, [count, count, count, 2].slice(0, longest));
      return Promise.resolve();
    });
  }
});

Deno.test("measureCase() keeps the attention of some sentences, with their true links", async () => {
  await measured(whole, (measures) => {
    assertEquals(measures.maps.length, 2);
    for (const { columns, rows, values, marked } of measures.maps) {
      assertEquals(values.length, rows.length);
      assertEquals(values[0]!.length, columns.length);
      assertEquals(rows.at(-1), "<eos>");
      for (const [row, column] of marked!) {
        assertEquals(row < rows.length && column < columns.length, true);
      }
    }
    assertEquals(typeof measures.alignmentError, "number");
    return Promise.resolve();
  });
});
