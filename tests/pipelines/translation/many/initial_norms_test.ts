import { sizesOf } from "../../../../pipelines/translation/transformer_translator.ts";
import { sampleParameter } from "../../../../pipelines/training/sample_parameter.ts";
import { assertAlmostEquals, assertEquals } from "@std/assert";
import * as tf from "@tensorflow/tfjs";
import { fold } from "../../../../pipelines/core/random/key.ts";
import { execute } from "../../../../pipelines/core/run/execute.ts";
import { padRows } from "../../../../pipelines/text/parallel/buckets.ts";
import { builtInTranslation } from "../../../../pipelines/text/parallel/built_in_translation.ts";
import { PAD, SOS } from "../../../../pipelines/text/parallel/tokens.ts";
import {
  type InitialNorms,
  measureInitialNorms,
} from "../../../../pipelines/translation/many/initial_norms.ts";
import { manyCorpus } from "../../../../pipelines/translation/many/many_corpus.ts";
import { transformerTranslator } from "../../../../pipelines/translation/transformer_translator.ts";
import { inContext } from "../../in_context.ts";

const SIZE = 20;
const { corpus: many } = manyCorpus(builtInTranslation(), {
  ...{ others: ["de"], pieces: 160, maxLength: SIZE, sentences: 64 },
  measureSentences: 4,
});
const sizes = { width: 8, heads: 2, feedForward: 2, maxLength: SIZE };

/** Norms of models with one and two layers, for a number of draws. */
async function measured(seeds: number): Promise<readonly InitialNorms[]> {
  const { initialNorms } = await execute(measureInitialNorms, {
    ...{ many, ...sizes, depths: [1, 2], initialSeeds: seeds },
  }, { seed: 0, device: "cpu", threads: 1 });
  return initialNorms;
}

Deno.test("measureInitialNorms() tells a length for each layer of both stacks, as geometric means over draws", async () => {
  const [one, two] = [await measured(1), await measured(2)];
  assertEquals(
    two.map(({ normalization, layers }) => [normalization, layers]),
    [["pre", 1], ["pre", 2], ["post", 1], ["post", 2]],
  );
  for (const [i, norms] of two.entries()) {
    for (const stack of ["encoder", "decoder"] as const) {
      assertEquals(norms[stack].length, norms.layers);
      norms[stack].forEach((value, layer) => {
        const ratio = value / one[i]![stack][layer]!;
        assertEquals(ratio !== 1 && ratio > 0.3 && ratio < 3, true, `${ratio}`);
      });
    }
  }
});

Deno.test("measureInitialNorms() measures the gradient of the loss per token, its padding left out", async () => {
  await inContext(async (context) => {
    const { initialNorms } = await measureInitialNorms.run(
      { many, ...sizes, depths: [2], initialSeeds: 1 },
      context,
    );
    for (const { normalization, encoder, decoder } of initialNorms) {
      const settings = { ...sizes, normalization, layers: 2 };
      const name = `${normalization}, 2 layers, 0`;
      using made = transformerTranslator(
        sizesOf(many, settings),
        Object.values(many.tags),
        sampleParameter(fold(context.key, name)),
      );
      const pairs = many.pairs("train", many.directions[0]!).slice(0, 16);
      const rows = (all: readonly (readonly number[])[]) =>
        tf.tensor2d(padRows(all, 16, SIZE), [16, SIZE], "int32");
      const source = rows(pairs.map(({ source }) => source));
      const goal = rows(pairs.map(({ target }) => target));
      const before = rows(
        pairs.map(({ target }) => [SOS, ...target.slice(0, -1)]),
      );
      const vocabulary = made.options.vocabulary.target;
      /** Mean of -log p over the true tokens, with vectors added to what enters and leaves each layer. */
      const loss = (reading: tf.Tensor[], writing: tf.Tensor[]) => {
        const isToken = source.notEqual(PAD).cast("float32") as tf.Tensor2D;
        const memory = made.model.encode(source, isToken, { probes: reading });
        const { next } = made.model.decode(before, memory, { probes: writing });
        const isGoal = goal.notEqual(PAD).cast("float32");
        const chosen = tf.logSoftmax(next.logits).mul(
          tf.oneHot(goal, vocabulary),
        ).sum(-1);
        return chosen.mul(isGoal).sum().neg().div(isGoal.sum()) as tf.Scalar;
      };
      const zeros = () => [0, 1, 2].map(() => tf.zeros([16, SIZE, 8]));
      for (
        const [stack, found] of [["encoder", encoder], [
          "decoder",
          decoder,
        ]] as const
      ) {
        found.forEach((norm, layer) => {
          const gradient = tf.grad((probe) => {
            const [reading, writing] = [zeros(), zeros()];
            (stack === "encoder" ? reading : writing)[layer + 1] = probe;
            return loss(reading, writing);
          })(tf.zeros([16, SIZE, 8]));
          const wanted = gradient.norm().dataSync()[0]!;
          assertAlmostEquals(
            norm / wanted,
            1,
            1e-4,
            `${name} ${stack} ${layer}`,
          );
        });
      }
    }
  });
});
