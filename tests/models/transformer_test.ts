import { assertEquals, assertNotEquals, assertThrows } from "@std/assert";
import * as tf from "@tensorflow/tfjs";
import { valueAndGradients } from "../../models/gradients/value_and_gradients.ts";
import { listParameters } from "../../models/parameters/parameters.ts";
import {
  createTransformer,
  type TransformerOptions,
  transformerSpecs,
} from "../../models/transformer.ts";
import golden from "../golden/transformer.json" with { type: "json" };
import { classes, drawWave, wave } from "../golden/waves.ts";
import { assertClose, type Nested } from "./assert_close.ts";
import { projections } from "./projections.ts";

const small = {
  vocabulary: 7,
  context: 5,
  width: 8,
  heads: 2,
  layers: 2,
  feedForward: 12,
  normalization: "pre",
} as const satisfies TransformerOptions;

const tokens = classes<tf.Rank.R2>([2, 5], 7);
const targets = tf.reverse(tokens);

interface Golden {
  readonly loss: number;
  readonly gradients: Readonly<Record<string, Nested>>;
  readonly activationGradients: readonly Nested[];
}

const cases: readonly (readonly [string, TransformerOptions, Golden])[] = [
  ["pre", small, golden.pre],
  ["post", { ...small, normalization: "post", head: "tied" }, golden.post],
  [
    "attention only",
    { ...small, normalization: "post", feedForward: "none" },
    golden.attentionOnly,
  ],
];

// Two layers of four products and two norms each: 30 operations of some 10 roundings, in numbers of size one. Their
// gradients, projected on a wave, add up to 96 of them, of which half cancel by chance.
const roundings = 300;

for (const [name, options, expected] of cases) {
  Deno.test(`a transformer (${name}) has PyTorch's loss and gradients, and its probes those of the activations`, () => {
    using model = createTransformer(options, drawWave);
    const probes = Object.fromEntries(
      [0, 1, 2].map((i) => [`probe ${i}`, tf.zeros([2, 5, 8])] as const),
    );
    const loss = () =>
      model.predict(tokens, { probes: Object.values(probes) })
        .next.logProb(targets).mean().neg().asScalar();
    const { value, gradients } = valueAndGradients(loss, {
      ...model.variables,
      ...probes,
    });
    assertClose([...value.dataSync()], expected.loss, { roundings });
    for (const path of Object.keys(model.variables)) {
      const actual = projections(gradients[path]!);
      assertClose(actual, expected.gradients[path]!, { roundings, name: path });
    }
    for (const [i, path] of Object.keys(probes).entries()) {
      const wanted = expected.activationGradients[i]!;
      assertClose(projections(gradients[path]!), wanted, {
        roundings,
        name: path,
      });
    }
  });
}

Deno.test("a later token changes no earlier prediction", () => {
  using model = createTransformer(small, drawWave);
  const changed = tf.tensor2d([[0, 1, 5, 0, 0]], [1, 5], "int32");
  const original = tf.tensor2d([[0, 1, 5, 3, 6]], [1, 5], "int32");
  const rows = [changed, original].map((tokens) =>
    model.predict(tokens).next.logits.unstack()[0]!.unstack()
      .map((logits) => Array.from(logits.dataSync()))
  );
  assertEquals(rows[0]!.slice(0, 3), rows[1]!.slice(0, 3));
  assertNotEquals(rows[0]![3], rows[1]![3]);
});

Deno.test("a transformer takes sequences shorter than its context", () => {
  using model = createTransformer(small, drawWave);
  const short = model.predict(tokens.slice([0, 0], [2, 3])).next.logits;
  const long = model.predict(tokens).next.logits.slice([0, 0, 0], [2, 3, 7]);
  const expected = Array.from(long.dataSync());
  assertClose(short, expected, { roundings: 16 }); // sums of five terms or three
});

Deno.test("a transformer gives the activations of the embedding and of each layer", () => {
  using model = createTransformer(small, drawWave);
  const { activations } = model.predict(tokens);
  assertEquals(activations.map(({ shape }) => shape), Array(3).fill([2, 5, 8]));
});

Deno.test("probes and dropout noise act where they say, and are counted", () => {
  using model = createTransformer(small, drawWave);
  const probes = [0, 1, 2].map((i) => tf.fill([2, 5, 8], i === 2 ? 1 : 0));
  const plain = model.predict(tokens).activations;
  const probed = model.predict(tokens, { probes }).activations;
  assertEquals(probed[1]!.dataSync(), plain[1]!.dataSync());
  assertEquals(probed[2]!.dataSync(), plain[2]!.add(1).dataSync());
  const keep = { rate: 0.5, noise: tf.ones([5, 2, 5, 8]) };
  const dropped = model.predict(tokens, { dropout: keep }).activations;
  assertEquals(dropped[0]!.dataSync(), plain[0]!.mul(2).dataSync());
  assertThrows(
    () => model.predict(tokens, { probes: probes.slice(1) }),
    RangeError,
    "Expected 3 probes but found 2",
  );
  assertThrows(
    () =>
      model.predict(tokens, {
        dropout: { rate: 0.5, noise: wave([4, 2, 5, 8], 0) },
      }),
    RangeError,
    "Expected dropout noise for 5 places but found 4",
  );
});

Deno.test("the gpt2 initialization shrinks the weights that write to the residual path", () => {
  const specs = listParameters(
    transformerSpecs({ ...small, initialization: "gpt2" }),
  );
  const deviation = (name: string) => {
    const initial = specs.find((spec) => spec.name === name)?.initial;
    return initial?.kind === "normal" ? initial.standardDeviation : undefined;
  };
  const layer = "stack/layers/1";
  assertEquals(deviation(`${layer}/attention/sublayer/query/weight`), 0.02);
  // two layers of two sublayers: 0.02 / sqrt(4)
  assertEquals(deviation(`${layer}/attention/sublayer/output/weight`), 0.01);
  assertEquals(deviation(`${layer}/feedForward/sublayer/narrow/weight`), 0.01);
});

Deno.test("where all keys are zero, each position looks evenly at those up to it, in each layer and head", () => {
  using model = createTransformer(small, (spec) => {
    const values = drawWave(spec);
    return /\/key\//.test(spec.name) ? values.map(() => 0) : values;
  });
  const { attention } = model.predict(tokens);
  assertEquals(attention.map(({ shape }) => shape), [
    [2, 2, 5, 5],
    [2, 2, 5, 5],
  ]);
  const even = Array.from(
    { length: 25 },
    (_, i) => i % 5 <= Math.floor(i / 5) ? 1 / (Math.floor(i / 5) + 1) : 0,
  );
  for (const layer of attention) {
    assertClose(layer, [even, even, even, even].flat(), { roundings });
  }
});
