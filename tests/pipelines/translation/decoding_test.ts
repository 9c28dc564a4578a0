import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import { execute } from "../../../pipelines/core/run/execute.ts";
import { pipeline } from "../../../pipelines/core/pipeline.ts";
import { type Stage, stage } from "../../../pipelines/core/stage.ts";
import { EOS, SOS, UNK } from "../../../pipelines/text/parallel/tokens.ts";
import {
  buildSeq2Seq,
  type RecurrentTranslator,
} from "../../../pipelines/translation/build_seq2seq.ts";
import {
  type DecoderPool,
  decoderPool,
} from "../../../pipelines/text/decoding/compiled_decoder.ts";
import {
  readTargets,
  tokenLoss,
} from "../../../pipelines/translation/read_targets.ts";
import { trainTranslator } from "../../../pipelines/translation/train_translator.ts";
import {
  decodeTranslator,
  encodeTranslator,
} from "../../../pipelines/translation/translator_file.ts";
import { writeTranslations } from "../../../pipelines/translation/write_translations.ts";
import type { RunContext } from "../../../pipelines/core/context.ts";
import { smallCorpus, smallTraining } from "./small_corpus.ts";

const corpus = await smallCorpus(160);

/** Runs a check inside the run that trained a translator. */
async function withTranslator(
  check: (
    translator: RecurrentTranslator,
    context: RunContext,
  ) => Promise<void>,
): Promise<void> {
  const checking: Stage<{ translator: RecurrentTranslator }, { done: true }> =
    stage("check", { needs: ["translator"], adds: { done: "" } }, async (
      { translator },
      context,
    ) => {
      await check(translator, context);
      return { done: true };
    });
  const config = { ...smallTraining, epochs: 6, corpus, maxLength: 14 };
  const run = pipeline<typeof config>("test").pipe(buildSeq2Seq)
    .pipe(trainTranslator).pipe(checking).give("done");
  await execute(run, config, { seed: 0, device: "cpu", threads: 1 });
}

Deno.test("decoding agrees with itself: read, written greedily, and by a beam", async () => {
  await withTranslator(async (translator, context) => {
    using pool = decoderPool(translator.decodable, context);
    const pairs = corpus.test;
    const sources = pairs.map(({ source }) => source);
    const write = (beams: number, kind: "none" | "length" = "none") =>
      writeTranslations(pool, sources, { beams, penalty: { kind } });
    const greedy = (await write(1)).map(([first]) => first!);

    // the log probability of what was written is what reading it says
    const written = greedy.map(({ tokens, isEnded }, i) => ({
      source: sources[i]!,
      target: isEnded ? [...tokens, EOS] : tokens,
    }));
    const read = await readTargets(pool, written);
    read.forEach(({ surprisals }, i) => {
      const sum = surprisals.reduce((total, one) => total + one, 0);
      assertAlmostEquals(-sum, greedy[i]!.logProb, 1e-4);
    });
    assert(greedy.every(({ tokens }) => !tokens.includes(UNK)));

    // a wider beam without penalty never finds less likely sentences here
    const wide = (await write(4)).map(([first]) => first!);
    const total = (all: readonly { logProb: number }[]) =>
      all.reduce((sum, { logProb }) => sum + logProb, 0);
    assert(total(wide) >= total(greedy) - 1e-6);

    // a sentence alone is translated as among others of other lengths
    const [alone] = await writeTranslations(pool, [sources[3]!], {
      beams: 4,
      penalty: { kind: "none" },
    });
    assertEquals(alone![0]!.tokens, wide[3]!.tokens);
    assertAlmostEquals(alone![0]!.logProb, wide[3]!.logProb, 1e-4);

    // two batches side by side give what one after the other gives, to the bit
    using two = decoderPool(translator.decodable, { ...context, threads: 2 });
    const often = Array.from({ length: 12 }, () => sources).flat();
    const beam = { beams: 4, penalty: { kind: "none" } } as const;
    const lanes = new Set<number>();
    const watched: DecoderPool = {
      ...two,
      step: (options, kept) => {
        lanes.add(options.lanes);
        return two.step(options, kept);
      },
    };
    assertEquals(
      await writeTranslations(watched, often, beam),
      await writeTranslations(pool, often, beam),
    );
    assertEquals([...lanes], [2]);
    lanes.clear();
    await writeTranslations(watched, [sources[3]!], beam);
    assertEquals([...lanes], [1]); // both threads share a sentence alone
    assertEquals(await writeTranslations(watched, [], beam), []);

    // rows of attention sum to 1 over the source alone
    const truth = await readTargets(pool, pairs);
    truth.forEach(({ weights }, i) => {
      assertEquals(weights.length, pairs[i]!.target.length);
      for (const row of weights) {
        assertEquals(row.length, pairs[i]!.source.length);
        assertAlmostEquals(row.reduce((sum, one) => sum + one, 0), 1, 1e-5);
      }
    });
    const { loss, tokens } = tokenLoss(truth);
    assertEquals(tokens, pairs.flatMap(({ target }) => target).length);
    const one = tokenLoss(await readTargets(pool, [pairs[0]!]));
    const first = truth[0]!.surprisals.reduce((sum, x) => sum + x, 0);
    assertAlmostEquals(one.loss * one.tokens, first, 1e-4);
    assert(loss > 0);

    // without an end, sentences run to the greatest length
    const endless = await writeTranslations(pool, sources, {
      beams: 1,
      penalty: { kind: "none" },
      maxLength: 9,
      end: "forbidden",
    });
    assert(endless.every(([first]) => first!.tokens.length === 9));

    // another prefix gives other numbers
    const shifted = pairs.map((
      { target },
    ) => [SOS, ...target.slice(0, -1).map(() => 5)]);
    const misled = await readTargets(pool, pairs, shifted);
    assert(tokenLoss(misled).loss > loss);

    // a file holds the same translator
    const bytes = await encodeTranslator(translator, corpus, "eos");
    using stored = await decodeTranslator(bytes, "translator");
    using other = decoderPool(stored.decodable, context);
    const same = await readTargets(other, pairs);
    assertEquals(tokenLoss(same).loss, loss);
    assertEquals(stored.sourceTokens.names, corpus.sourceTokens.names);
    assertEquals(
      [stored.sources, stored.targets, stored.sourceEnd],
      [["de"], { en: {} }, "eos"],
    );
  });
});
