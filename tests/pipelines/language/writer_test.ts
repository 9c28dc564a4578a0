import { assertEquals, assertRejects } from "@std/assert";
import * as tf from "@tensorflow/tfjs";
import { Categorical } from "../../../models/distributions/categorical.ts";
import { keyFrom } from "../../../pipelines/core/random/key.ts";
import { fold, type Key } from "../../../pipelines/core/random/key.ts";
import { uniform } from "../../../pipelines/core/random/uniform.ts";
import { execute } from "../../../pipelines/core/run/execute.ts";
import { stage } from "../../../pipelines/core/stage.ts";
import {
  writer,
  type WritingChoice,
} from "../../../pipelines/language/writer.ts";
import type { SequenceModel } from "../../../pipelines/text/sequence_model.ts";

const [TEXTS, CONTEXT, BEGIN] = [2, 3, 3];

/** A model whose logits depend on the token before alone; it would begin anew if it might. */
function modelOf(logits: readonly (readonly number[])[]): SequenceModel {
  const model: Partial<SequenceModel> = {
    ...{ context: CONTEXT, begin: BEGIN, vocabulary: ["a", "b", "c"] },
    predict: ({ before }) => {
      const table = tf.tensor2d(logits.map((row) => [...row, 99]));
      return {
        next: new Categorical(tf.gather(table, before)),
        activations: [],
        attention: { source: [], target: [], cross: [] },
      };
    },
  };
  return model as SequenceModel; // what a writer reads of it
}

/** After `a` comes `b`, then `c`, then `a`; a text begins with `b`. */
const turning = modelOf([[0, 9, 0], [0, 0, 9], [9, 0, 0], [0, 9, 0]]);

/** Probabilities 1/2, 1/3 and 1/6, whatever was before. */
const WEIGHTS = [3, 2, 1];
const constant = modelOf([1, 2, 3, 4].map(() => WEIGHTS.map(Math.log)));

async function write(
  model: SequenceModel,
  choice: WritingChoice,
  length: number,
  key: Key = keyFrom(1),
): Promise<readonly (readonly number[])[]> {
  const writing = stage("write", { needs: [], adds: { texts: "" } }, async (
    _: object,
    context,
  ) => {
    using pen = await writer(model, TEXTS, choice, context);
    const source = new Int32Array(TEXTS * CONTEXT);
    return { texts: await pen.write(source, length, key) };
  });
  const options = { seed: 0, device: "cpu", threads: 1 } as const;
  const { texts } = await execute(writing, {}, options);
  return texts.map((text) => [...text]);
}

Deno.test("writer() follows the model past the context, without the token that begins a text", async () => {
  const choice = { temperature: 0.01, topK: 0 };
  const expected = [1, 2, 0, 1, 2, 0, 1];
  assertEquals(await write(turning, choice, 7), [expected, expected]);
});

Deno.test("writer() draws by inversion, each character and each text with its own noise", async () => {
  const cases: readonly [WritingChoice, readonly number[]][] = [
    [{ temperature: 1, topK: 0 }, WEIGHTS],
    [{ temperature: 0.5, topK: 0 }, WEIGHTS.map((w) => w ** 2)],
    [{ temperature: 1, topK: 2 }, [3, 2, 0]],
    [{ temperature: 1, topK: 1 }, [1, 0, 0]],
    [{ temperature: 1, topK: 50 }, WEIGHTS], // more than there are: all
  ];
  const key = keyFrom(8);
  const length = 12;
  for (const [choice, weights] of cases) {
    const total = weights.reduce((sum, weight) => sum + weight);
    const expected = [0, 1].map((text) =>
      Array.from({ length }, (_, i) => {
        let left = uniform(fold(key, i), TEXTS)[text]! * total;
        return weights.findIndex((weight) => (left -= weight) < 0);
      })
    );
    assertEquals(await write(constant, choice, length, key), expected);
  }
});

Deno.test("writer() writes nothing for a run that was stopped", async () => {
  const writing = stage("write", { needs: [], adds: {} }, async (
    _: object,
    context,
  ) => {
    const signal = AbortSignal.abort(new Error("Stopped"));
    const choice = { temperature: 1, topK: 0 };
    using pen = await writer(turning, TEXTS, choice, { ...context, signal });
    await assertRejects(
      () => pen.write(new Int32Array(TEXTS * CONTEXT), 1, keyFrom(0)),
      Error,
      "Stopped",
    );
    return {};
  });
  await execute(writing, {}, { seed: 0, device: "cpu", threads: 1 });
});
