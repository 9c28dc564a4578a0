import { assert, assertEquals } from "@std/assert";
import * as tf from "@tensorflow/tfjs";
import { compile } from "../../compile/compile.ts";
import type { AttentionKind } from "../../models/attention/query_attention.ts";
import { valueAndGradients } from "../../models/gradients/value_and_gradients.ts";
import { meanOverTokens } from "../../models/objectives/mean_over_tokens.ts";
import { tokenCrossEntropy } from "../../models/objectives/token_cross_entropy.ts";
import { adam } from "../../models/optimizers/adam.ts";
import type { Seq2SeqOptions } from "../../models/recurrent/seq2seq_parameters.ts";
import { createSeq2Seq } from "../../models/seq2seq.ts";
import { sampleParameter } from "../../pipelines/training/sample_parameter.ts";
import { keyFrom } from "../../pipelines/core/random/key.ts";
import { drawWave, wave } from "../golden/waves.ts";
import { assertClose } from "./assert_close.ts";

const KINDS: readonly AttentionKind[] = [
  "none",
  "location",
  "additive",
  "multiplicative",
];

const small = {
  vocabulary: { source: 9, target: 7 },
  embedding: 4,
  units: 3,
  attention: "additive",
  maxSource: 6,
} as const satisfies Seq2SeqOptions;

/** Eleven steps of a few products each, of numbers of size one. */
const roundings = 200;

const source = [[5, 4, 2], [6, 2, 0]];
const before = [[1, 4, 5, 6], [1, 6, 0, 0]];
const goal = [[4, 5, 6, 2], [6, 2, 0, 0]];

/** Pads rows with zeros to a width. */
function padded(rows: readonly number[][], width: number): tf.Tensor2D {
  const wide = rows.map((
    row,
  ) => [...row, ...Array(width - row.length).fill(0)]);
  return tf.tensor2d(wide, [rows.length, width], "int32");
}

function isToken(ids: tf.Tensor2D): tf.Tensor2D {
  return ids.notEqual(0).cast("float32");
}

for (const attention of KINDS) {
  const options = { ...small, attention };
  const lossOf = (model: ReturnType<typeof createSeq2Seq>, wider: number) => {
    const read = padded(source, 3 + wider);
    const targets = padded(goal, 4 + wider);
    const encoded = model.encode(read, isToken(read));
    const { logits } = model.teach(padded(before, 4 + wider), encoded);
    const flat = logits.as2D(8 + 2 * wider, 7);
    return meanOverTokens(
      tokenCrossEntropy(flat, targets.as1D()),
      isToken(targets).as1D(),
    );
  };

  Deno.test(`wider padding changes neither loss nor gradients (attention ${attention})`, () => {
    using model = createSeq2Seq(options, drawWave);
    const { variables } = model;
    const narrow = valueAndGradients(() => lossOf(model, 0), variables);
    const wide = valueAndGradients(() => lossOf(model, 3), variables);
    assertClose(wide.value, narrow.value.dataSync()[0]!, { roundings });
    for (const [name, gradient] of Object.entries(narrow.gradients)) {
      const expected = Array.from(gradient.dataSync());
      assertClose(wide.gradients[name]!, expected, { roundings, name });
    }
  });

  Deno.test(`a sentence in a batch gives what it gives alone (attention ${attention})`, () => {
    using model = createSeq2Seq(options, drawWave);
    const together = padded(source, 3);
    const alone = tf.tensor2d([[6, 2]], [1, 2], "int32");
    const both = model.teach(
      padded(before, 4),
      model.encode(together, isToken(together)),
    );
    const one = model.teach(
      tf.tensor2d([[1, 6]], [1, 2], "int32"),
      model.encode(alone, isToken(alone)),
    );
    const wanted = tf.slice(both.logits, [1, 0, 0], [1, 2, 7]);
    assertClose(one.logits, Array.from(wanted.dataSync()), { roundings });
    if (!both.weights) return;
    const behind = tf.slice(both.weights, [1, 0, 2], [1, 4, 1]);
    assertEquals(Array.from(behind.dataSync()), [0, 0, 0, 0]);
    assertClose(both.weights.sum(2), [1, 1, 1, 1, 1, 1, 1, 1], { roundings });
  });

  Deno.test(`step() by step, side by side, says what teach() says (attention ${attention})`, () => {
    using model = createSeq2Seq(options, drawWave);
    const read = padded(source, 3);
    const encoded = model.encode(read, isToken(read));
    const taught = model.teach(padded(before, 4), encoded);
    let state = tf.tile(encoded.state.expandDims(1), [1, 2, 1]);
    for (let i = 0; i < 4; i++) {
      const tokens = before.map((row) => [row[i]!, (row[i]! + i) % 7]);
      const stepped = model.step(
        tf.tensor2d(tokens, [2, 2], "int32"),
        state,
        encoded,
      );
      const first = tf.slice(stepped.logits, [0, 0, 0], [2, 1, 7]);
      const wanted = tf.slice(taught.logits, [0, i, 0], [2, 1, 7]);
      assertClose(first, Array.from(wanted.dataSync()), { roundings });
      state = stepped.state;
    }
  });

  Deno.test(`the compiled loss and gradients are the eager ones (attention ${attention})`, async () => {
    using model = createSeq2Seq(options, drawWave);
    const both = () => {
      const { value, gradients } = valueAndGradients(
        () => lossOf(model, 0),
        model.variables,
      );
      return { loss: value, ...gradients };
    };
    using step = await compile(({ zero }) => ({ ...both(), zero }), {
      inputs: { zero: { shape: [] } },
      device: "cpu",
      threads: 1,
    });
    const compiled = await step.run({ zero: 0 });
    for (const [name, value] of Object.entries(both())) {
      const found = compiled[name as "loss"].data;
      assertClose(found, Array.from(value.dataSync()), { roundings, name });
    }
  });
}

Deno.test("teacher forcing of rate 1 is no other training, and of rate 0 reads the model's own tokens", () => {
  using model = createSeq2Seq(small, drawWave);
  const read = padded(source, 3);
  const encoded = model.encode(read, isToken(read));
  const coins = wave<tf.Rank.R2>([2, 4], 1).abs();
  const teach = (tokens: tf.Tensor2D, rate?: number) =>
    model.teach(
      tokens,
      encoded,
      rate === undefined ? {} : { forcing: { rate, coins } },
    ).logits;
  const forced = teach(padded(before, 4));
  assertClose(teach(padded(before, 4), 1), Array.from(forced.dataSync()), {
    roundings,
  });
  const free = teach(padded(before, 4), 0);
  const own = tf.argMax(free, 2).arraySync() as number[][];
  const shifted = own.map((row) => [1, ...row.slice(0, -1)]);
  assertClose(teach(padded(shifted, 4)), Array.from(free.dataSync()), {
    roundings,
  });
});

Deno.test("dropout of rate 0 changes nothing, of rate .5 the logits of every position", () => {
  using model = createSeq2Seq(small, drawWave);
  const read = padded(source, 3);
  const logits = (rate?: number) => {
    const noise = rate === undefined ? undefined : {
      rate,
      source: wave([2, 3, 4], 1).abs(),
      memory: wave([2, 3, 6], 2).abs(),
      target: wave([2, 4, 4], 3).abs(),
      readout: wave([2, 4, 4], 4).abs(),
    };
    const encoded = model.encode(read, isToken(read), noise);
    return model.teach(padded(before, 4), encoded, noise ? { noise } : {})
      .logits;
  };
  const plain = Array.from(logits().dataSync());
  assertClose(logits(0), plain, { roundings });
  const dropped = logits(0.5).sub(logits()).abs().max(2).min();
  assert(dropped.dataSync()[0]! > 1e-3);
});

Deno.test("a small model learns to copy exactly: position 0 says the first word", async () => {
  using model = createSeq2Seq({
    ...small,
    vocabulary: { source: 9, target: 9 },
    embedding: 16,
    units: 24,
  }, sampleParameter(keyFrom(1)));
  using optimizer = adam(model.variables);
  const sentences = Array.from({ length: 36 }, (_, i) => [
    3 + i % 6,
    3 + Math.floor(i / 6),
    ...i % 2 === 0 ? [3 + (i * 5) % 6] : [],
  ]);
  const read = padded(sentences.map((one) => [...one, 2]), 4);
  const prior = padded(sentences.map((one) => [1, ...one]), 4);
  const loss = () => {
    const { logits } = model.teach(prior, model.encode(read, isToken(read)));
    return meanOverTokens(
      tokenCrossEntropy(logits.reshape([-1, 9]), read.as1D()),
      isToken(read).as1D(),
    );
  };
  using step = await compile(() => {
    const { value, gradients } = valueAndGradients(loss, model.variables);
    optimizer.apply(gradients, tf.scalar(0.02));
    return { loss: value };
  }, { inputs: {}, device: "cpu", threads: 1 });
  for (let i = 0; i < 150; i++) await step.run({});
  await step.sync();
  const { logits } = model.teach(prior, model.encode(read, isToken(read)));
  const wanted = read.arraySync();
  const found = tf.argMax(logits, 2).arraySync() as number[][];
  wanted.forEach((row, i) => {
    const length = row.filter((token) => token !== 0).length;
    assertEquals(found[i]!.slice(0, length), row.slice(0, length));
  });
});

Deno.test("without teacher forcing, the gradient is that of reading the model's own tokens as if they were true", () => {
  using model = createSeq2Seq(small, drawWave);
  const read = padded(source, 3);
  const coins = tf.ones<tf.Rank.R2>([2, 4]);
  const lossOf = (tokens: tf.Tensor2D, rate: number) => () =>
    model.teach(tokens, model.encode(read, isToken(read)), {
      forcing: { rate, coins },
    }).logits.square().sum().asScalar();
  const free = model.teach(
    padded(before, 4),
    model.encode(read, isToken(read)),
    {
      forcing: { rate: 0, coins },
    },
  );
  const own = tf.argMax(free.logits, 2).arraySync() as number[][];
  const shifted = padded(own.map((row) => [1, ...row.slice(0, -1)]), 4);
  const expected = valueAndGradients(lossOf(shifted, 1), model.variables);
  const found = valueAndGradients(
    lossOf(padded(before, 4), 0),
    model.variables,
  );
  for (const [name, gradient] of Object.entries(expected.gradients)) {
    const wanted = Array.from(gradient.dataSync());
    assertClose(found.gradients[name]!, wanted, { roundings, name });
  }
});
