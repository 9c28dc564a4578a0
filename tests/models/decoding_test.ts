import { assertEquals, assertThrows } from "@std/assert";
import * as tf from "@tensorflow/tfjs";
import {
  createEncoderDecoder,
  type EncoderDecoderOptions,
  encoderDecoderSpecs,
} from "../../models/encoder_decoder.ts";
import { attention } from "../../models/layers/attention.ts";
import {
  attendToCache,
  keysAndValues,
} from "../../models/decoding/cached_attention.ts";
import { listParameters } from "../../models/parameters/parameters.ts";
import { classes, drawWave, wave } from "../golden/waves.ts";
import { assertClose } from "./assert_close.ts";

const small = {
  vocabulary: { source: 9, target: 9 },
  context: 6,
  width: 8,
  heads: 2,
  layers: 2,
  feedForward: 12,
  normalization: "pre",
} as const satisfies EncoderDecoderOptions;

/** Two layers of three sublayers, each of a few products of eight terms. */
const roundings = 300;

const kinds: readonly EncoderDecoderOptions[] = [
  small,
  { ...small, normalization: "post", positions: "learned" },
  { ...small, embeddings: "shared", head: "tied" },
];

for (const options of kinds) {
  const name = [
    options.normalization,
    options.positions ?? "sinusoidal",
    options.embeddings ?? "separate",
  ].join(", ");

  Deno.test(`token by token, a transformer says what the whole decoder says (${name})`, () => {
    using model = createEncoderDecoder(options, drawWave);
    const source = classes<tf.Rank.R2>([2, 4], 9);
    const isToken = tf.tensor2d([[1, 1, 1, 1], [1, 1, 0, 0]]);
    const target = classes<tf.Rank.R2>([2, 5], 9);
    const memory = model.encode(source, isToken);
    const { next, crossAttention } = model.decode(target, memory);
    const stepwise = model.stepwise(6);
    const encoded = stepwise.encode(source, isToken);
    // a second beam on each sentence reads something else
    let state = tf.tile(encoded.state.expandDims(1), [1, 2, 1]);
    for (let i = 0; i < 5; i++) {
      const token = tf.slice(target, [0, i], [2, 1]);
      const both = tf.concat([token, tf.fill([2, 1], 3, "int32")], 1);
      const said = stepwise.step(both as tf.Tensor2D, state, encoded);
      const found = tf.slice(said.logits, [0, 0, 0], [2, 1, 9]);
      const wanted = tf.slice(next.logits, [0, i, 0], [2, 1, 9]);
      assertClose(found, Array.from(wanted.dataSync()), { roundings });
      const last = crossAttention.at(-1)!.mean<tf.Tensor3D>(1);
      const looks = tf.slice(said.weights!, [0, 0, 0], [2, 1, 4]);
      const expected = tf.slice(last, [0, i, 0], [2, 1, 4]);
      assertClose(looks, Array.from(expected.dataSync()), { roundings });
      state = said.state;
    }
  });
}

Deno.test("attention to kept keys and values is attention", () => {
  using model = createEncoderDecoder(small, drawWave);
  const { variables } = model;
  const linearOf = (name: string) => ({
    weight: variables[`encoder/layers/0/attention/sublayer/${name}/weight`]!,
    bias: variables[`encoder/layers/0/attention/sublayer/${name}/bias`]!,
  });
  const parameters = {
    query: linearOf("query"),
    key: { weight: linearOf("key").weight },
    value: linearOf("value"),
    output: linearOf("output"),
  };
  const [target, source] = [wave([2, 3, 8], 1), wave([2, 4, 8], 2)];
  const mask = tf.zeros([2, 1, 1, 4]);
  const expected = attention(target, source, parameters, { heads: 2, mask });
  const found = attendToCache(
    target,
    keysAndValues(source, parameters),
    parameters,
    { heads: 2, mask },
  );
  assertClose(found.y, Array.from(expected.y.dataSync()), { roundings });
  assertClose(found.weights, Array.from(expected.weights.dataSync()), {
    roundings,
  });
});

Deno.test("shared embeddings are one table, which needs one vocabulary", () => {
  const shared = { ...small, embeddings: "shared", head: "tied" } as const;
  const names = listParameters(encoderDecoderSpecs(shared)).map((one) =>
    one.name
  );
  assertEquals(names.filter((name) => name.endsWith("tokens")), [
    "target/tokens",
  ]);
  assertThrows(
    () =>
      encoderDecoderSpecs({ ...shared, vocabulary: { source: 9, target: 8 } }),
    RangeError,
    "Expected one vocabulary for shared embeddings but found 9 source and 8 target tokens",
  );
});
