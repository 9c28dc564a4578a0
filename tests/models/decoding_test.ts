import { assertEquals, assertThrows } from "@std/assert";
import * as tf from "@tensorflow/tfjs";
import {
  createEncoderDecoder,
  type EncoderDecoderOptions,
  encoderDecoderSpecs,
} from "../../models/encoder_decoder.ts";
import { layerNames } from "../../models/decoding/stepwise_transformer.ts";
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
    const stepwise = model.stepwise(6);
    const read = stepwise.encode(source, isToken).source;
    // two sequences on each of two sentences; which of them each one goes on from
    const parents = [[[0, 1], [0, 1]], [[1, 0], [0, 0]], [[0, 1], [1, 0]], [
      [1, 1],
      [0, 1],
    ]];
    let sequences: number[][][] = [[[], []], [[], []]];
    let seen: number[][][] = [[[], []], [[], []]]; // slots of their own positions
    const layers = Array.from(
      { length: 2 },
      (_, i) => layerNames("written", i),
    );
    let kept = Object.fromEntries(
      layers.flatMap(({ keys, values }) => [keys, values])
        .map((name) => [name, tf.ones([2, 2, 1, 4])]), // a slot that nobody's position is in
    );
    for (let i = 0; i <= parents.length; i++) {
      sequences = sequences.map((beams, sentence) =>
        beams.map((tokens, beam) => [
          ...tokens,
          (2 * sentence + 3 * beam + 5 * i) % 9,
        ])
      );
      const token = tf.tensor2d(
        sequences.map((beams) => beams.map((tokens) => tokens[i]!)), // as long
        [2, 2],
        "int32",
      );
      const mask = seen.map((beams) =>
        beams.map((own) =>
          Array.from(
            { length: 1 + 2 * i },
            (_, slot) => own.includes(slot) ? 0 : -1e9,
          )
        )
      );
      const said = stepwise.step(token, {
        ...read,
        ...kept,
        position: tf.fill([2], i, "int32"),
        mask: tf.tensor3d(mask),
      });

      const twice = (x: tf.Tensor) => tf.gather(x, [0, 0, 1, 1]);
      const memory = model.encode(
        twice(source) as tf.Tensor2D, // of its rank
        twice(isToken) as tf.Tensor2D, // likewise
      );
      const target = tf.tensor2d(sequences.flat(), [4, i + 1], "int32");
      const { next, crossAttention } = model.decode(target, memory);
      const last = (x: tf.Tensor, size: number) =>
        Array.from(tf.slice(x, [0, i, 0], [4, 1, size]).dataSync());
      assertClose(said.logits, last(next.logits, 9), { roundings });
      const looks = crossAttention.at(-1)!.mean(1);
      assertClose(said.weights!, last(looks, 4), { roundings });

      const chosen = parents[i];
      if (!chosen) break;
      for (const [name, made] of Object.entries(said.made)) {
        kept = { ...kept, [name]: tf.concat([kept[name]!, made], 2) };
      }
      const grow = (from: number[][][], of: (beam: number) => number[]) =>
        chosen.map((beams, sentence) =>
          beams.map((parent) => [...from[sentence]![parent]!, ...of(parent)]) // two of each
        );
      seen = grow(seen, (parent) => [1 + 2 * i + parent]);
      sequences = grow(sequences, () => []);
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
    keysAndValues(source, parameters, 2),
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
