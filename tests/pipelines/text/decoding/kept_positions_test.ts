import { assertAlmostEquals, assertEquals } from "@std/assert";
import * as tf from "@tensorflow/tfjs";
import {
  beginning,
  bestOf,
  extendBeam,
  type Hypothesis,
} from "../../../../models/sampling/beam_search.ts";
import { fold, keyFrom } from "../../../../pipelines/core/random/key.ts";
import {
  EOS,
  PAD,
  SOS,
  UNK,
} from "../../../../pipelines/text/parallel/tokens.ts";
import { sampleParameter } from "../../../../pipelines/training/sample_parameter.ts";
import { recurrentTranslator } from "../../../../pipelines/translation/build_seq2seq.ts";
import { decoderPool } from "../../../../pipelines/text/decoding/compiled_decoder.ts";
import type { Decodable } from "../../../../pipelines/text/decoding/compiled_step.ts";
import {
  type TransformerTranslator,
  transformerTranslator,
} from "../../../../pipelines/translation/transformer_translator.ts";
import { readTargets } from "../../../../pipelines/translation/read_targets.ts";
import { writeTranslations } from "../../../../pipelines/translation/write_translations.ts";

const VOCABULARY = 40;
const BEAMS = 3;
const draw = sampleParameter(fold(keyFrom(0), "weights"));
const context = {
  device: "cpu",
  threads: 1,
  signal: new AbortController().signal,
} as const;

/** More sentences than places, so that most of them take over the place of another one. */
const sources = Array.from({ length: 60 }, (_, i) =>
  Array.from(
    { length: 1 + i % 7 },
    (_, j) => 5 + (7 * i + 11 * j + i * j) % (VOCABULARY - 5),
  ));

const transformer = () =>
  transformerTranslator(
    {
      vocabulary: VOCABULARY,
      maxLength: 12,
      normalization: "pre",
      layers: 2,
      width: 8,
      heads: 2,
      feedForward: 2,
    },
    [4],
    draw,
  );

const write = async (decodable: Decodable, lines: typeof sources) => {
  using pool = decoderPool(decodable, context);
  const penalty = { kind: "length" } as const;
  return await writeTranslations(pool, lines, { beams: BEAMS, penalty });
};

/** Beam search that computes all positions of all sequences anew for each token. */
function searchAnew(
  { model, decodable }: TransformerTranslator,
  source: readonly number[],
): readonly Hypothesis[] {
  const barred = [PAD, SOS, UNK, ...decodable.barred];
  let beam = beginning;
  while (beam.running.length > 0) {
    const written = beam.running.map(({ tokens }) => [SOS, ...tokens]);
    const [rows, length] = [written.length, written[0]!.length]; // all as long
    const logProbs = tf.tidy(() => {
      const tokens = tf.tensor2d([...source], [1, source.length], "int32");
      const all = tf.tile(tokens, [rows, 1]);
      const memory = model.encode(all, tf.onesLike(all).cast("float32"));
      const target = tf.tensor2d(written, [rows, length], "int32");
      const { logits } = model.decode(target, memory).next;
      const last = tf.slice(logits, [0, length - 1, 0], [rows, 1, VOCABULARY]);
      return tf.logSoftmax(last).dataSync();
    });
    const next = [...logProbs].map((logProb, i) => ({
      parent: Math.floor(i / VOCABULARY),
      token: i % VOCABULARY,
      logProb: barred.includes(i % VOCABULARY) ? -Infinity : logProb,
    }));
    beam = extendBeam(beam, next, {
      width: BEAMS,
      end: EOS,
      maxLength: Math.min(2 * source.length + 10, decodable.longest),
      penalty: { kind: "length" },
      stop: "settled",
    });
  }
  return bestOf(beam);
}

function assertSame(
  found: readonly Hypothesis[],
  expected: readonly Hypothesis[],
) {
  const plain = (all: readonly Hypothesis[]) =>
    all.map(({ tokens, isEnded }) => ({ tokens, isEnded }));
  assertEquals(plain(found), plain(expected));
  found.forEach(({ logProb }, i) => {
    assertAlmostEquals(logProb, expected[i]!.logProb, 1e-4);
  });
}

Deno.test("a transformer's beam search with kept positions is the search that computes all of them anew", async () => {
  using model = transformer();
  const found = await write(model.decodable, sources);
  const lengths = found.flat().map(({ tokens }) => tokens.length);
  assertEquals(Math.max(...lengths) > 16, true, "room has grown twice");
  const taken = [0, 6, 45, 54, 59]; // in the first places, and in those of others
  for (const i of taken) assertSame(found[i]!, searchAnew(model, sources[i]!));
});

Deno.test("a sentence is translated alone as in the place of another one, which was done before", async () => {
  using large = transformer();
  using small = recurrentTranslator({
    vocabulary: { source: VOCABULARY, target: VOCABULARY },
    embedding: 8,
    units: 8,
    attention: "additive",
    maxSource: 12,
  }, draw);
  for (const { decodable } of [large, small]) {
    const found = await write(decodable, sources);
    for (const i of [3, 53, 59]) {
      const [alone] = await write(decodable, [sources[i]!]);
      assertSame(found[i]!, alone!);
    }
  }
});

Deno.test("a target is read up to the longest one that the model can write", async () => {
  using model = transformer();
  using pool = decoderPool(model.decodable, context);
  const { longest } = model.decodable;
  const target = Array.from({ length: longest + 5 }, (_, i) => 5 + i % 9);
  const pairs = [target, target.slice(0, longest)].map((target) => ({
    source: sources[3]!, // one of many
    target,
  }));
  const [long, cut] = await readTargets(pool, pairs);
  assertEquals(long!.surprisals.length, longest);
  assertEquals(long, cut);
});
