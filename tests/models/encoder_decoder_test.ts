import { assertEquals } from "@std/assert";
import * as tf from "@tensorflow/tfjs";
import { createEncoderDecoder } from "../../models/encoder_decoder.ts";
import { valueAndGradients } from "../../models/gradients/value_and_gradients.ts";
import golden from "../golden/transformer.json" with { type: "json" };
import { classes, drawWave } from "../golden/waves.ts";
import { assertClose, type Nested } from "./assert_close.ts";
import { projections } from "./projections.ts";

const small = {
  vocabulary: { source: 7, target: 7 },
  context: 5,
  width: 8,
  heads: 2,
  layers: 2,
  feedForward: 12,
  normalization: "post",
} as const;

const tokens = classes<tf.Rank.R2>([2, 5], 7);
const targets = tf.reverse(tokens);
const isToken = tf.tensor2d([[1, 1, 1, 1, 0], [1, 1, 1, 1, 1]]);

Deno.test("an encoder-decoder has PyTorch's loss and gradients", () => {
  using model = createEncoderDecoder(small, drawWave);
  const loss = () =>
    model.decode(tokens, model.encode(tokens, isToken)).next.logProb(targets)
      .mean().neg().asScalar();
  const { value, gradients } = valueAndGradients(loss, model.variables);
  // 80 operations of some 10 roundings, in numbers of size one
  const roundings = 800;
  assertClose([...value.dataSync()], golden.translator.loss, { roundings });
  const expected: Record<string, Nested> = golden.translator.gradients;
  for (const [name, gradient] of Object.entries(gradients)) {
    assertClose(projections(gradient), expected[name]!, { roundings, name });
  }
});

Deno.test("the token in a padded place changes nothing", () => {
  using model = createEncoderDecoder(small, drawWave);
  const other = tokens.mul(tf.cast(isToken, "int32")); // 0 in the padded place
  assertEquals(tokens.dataSync()[4] === other.dataSync()[4], false);
  const logits = [tokens, other].map((source) =>
    model.decode(tokens, model.encode(source.as2D(2, 5), isToken))
      .next.logits.dataSync()
  );
  assertEquals(logits[0], logits[1]);
});

Deno.test("a later target token changes no earlier prediction", () => {
  using model = createEncoderDecoder(small, drawWave);
  const memory = model.encode(tokens, isToken);
  const predict = (last: number) => {
    const target = tf.tensor2d([[1, 2, last], [3, 4, last]], [2, 3], "int32");
    return model.decode(target, memory).next.logits
      .slice([0, 0, 0], [2, 2, 7]).dataSync();
  };
  assertEquals(predict(0), predict(6));
});

Deno.test("an encoder-decoder tells where each layer looks in the source", () => {
  using model = createEncoderDecoder(small, drawWave);
  const memory = model.encode(tokens, isToken);
  const { crossAttention } = model.decode(
    tokens.slice([0, 0], [2, 3]),
    memory,
  );
  assertEquals(
    crossAttention.map(({ shape }) => shape),
    [[2, 2, 3, 5], [2, 2, 3, 5]],
  );
});

Deno.test("where all keys are zero, the source is looked at evenly without its padding, and the target up to each position", () => {
  using model = createEncoderDecoder(small, (spec) => {
    const values = drawWave(spec);
    return /\/key\//.test(spec.name) ? values.map(() => 0) : values;
  });
  const source = classes<tf.Rank.R2>([1, 3], 5);
  const memory = model.encode(source, tf.tensor2d([[1, 1, 0]]));
  const { attention, crossAttention } = model.decode(
    classes<tf.Rank.R2>([1, 2], 5),
    memory,
  );
  const rows = (row: readonly number[], count: number) =>
    Array.from({ length: count }, () => row).flat();
  for (const layer of memory.attention) {
    assertClose(layer, rows([0.5, 0.5, 0], 3 * small.heads), {
      roundings: 10,
    });
  }
  for (const layer of crossAttention) {
    assertClose(layer, rows([0.5, 0.5, 0], 2 * small.heads), {
      roundings: 10,
    });
  }
  for (const layer of attention) {
    assertClose(layer, rows([1, 0, 0.5, 0.5], small.heads), { roundings: 10 });
  }
});
