import * as tf from "@tensorflow/tfjs";
import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import { pipeline } from "../../../../pipelines/core/pipeline.ts";
import { execute } from "../../../../pipelines/core/run/execute.ts";
import { builtInTranslation } from "../../../../pipelines/text/parallel/built_in_translation.ts";
import { followNorms } from "../../../../pipelines/translation/many/follow_norms.ts";
import {
  lastOverFirst,
  layerProbes,
} from "../../../../pipelines/translation/many/layer_probes.ts";
import { manyCorpus } from "../../../../pipelines/translation/many/many_corpus.ts";

const { corpus: many } = manyCorpus(builtInTranslation(), {
  others: ["de"],
  pieces: 100,
  maxLength: 40,
  sentences: 40,
  measureSentences: 2,
});

const settings = {
  many,
  maxLength: 40,
  depths: [1, 2],
  normSteps: 2,
  normBatch: 8,
  normWarmUp: 0,
  width: 8,
  heads: 2,
  buckets: 1,
  dropout: 0,
  learningRate: 0.01,
} as const;

const run = pipeline<typeof settings>("test").pipe(followNorms)
  .give("normHistories");

Deno.test("gradients are followed at each layer of each kind, and the place of the norms changes them", async () => {
  const { normHistories } = await execute(run, settings, {
    seed: 0,
    device: "cpu",
    threads: 1,
  });
  assertEquals(
    normHistories.map(({ normalization, layers }) => [normalization, layers]),
    [["pre", 1], ["pre", 2], ["post", 1], ["post", 2]],
  );
  for (const { layers, moments } of normHistories) {
    assertEquals(moments.map(({ step }) => step), [1, 2]);
    for (const { encoder, decoder } of moments) {
      assertEquals([encoder.length, decoder.length], [layers, layers]);
      assert([...encoder, ...decoder].every((norm) => norm > 0));
    }
  }
  const [, pre, , post] = normHistories;
  // a layer norm ends a post-norm stack: the last decoder layer's gradient has nothing in common with pre-norm's
  assert(
    pre!.moments[0]!.decoder.at(-1)! !== post!.moments[0]!.decoder.at(-1)!,
  );
  // a greater step size than none: the second update starts from other weights
  assert(pre!.moments[0]!.loss !== pre!.moments[1]!.loss);
});

Deno.test("probes: the norm after a layer is that of the loss's gradient by its output", () => {
  const { reading, writing, byName, norms } = layerProbes(2, [1, 1, 2]);
  assertEquals([reading.length, writing.length], [3, 3]);
  const names = Object.keys(byName);
  // the loss is a_i . x_i, so that the gradient by x_i is a_i
  const gradients = Object.fromEntries(
    names.map((name, i) => [name, tf.tensor([[[3 * i, 4 * i]]])]),
  );
  const { encoder, decoder } = norms(gradients);
  assertEquals([...encoder.dataSync()], [5, 10]); // what entered, with 0, is left out
  assertEquals([...decoder.dataSync()], [20, 25]);
  assertAlmostEquals(lastOverFirst([...decoder.dataSync()]), 1.25);
});
