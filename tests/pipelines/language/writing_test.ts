import { assertEquals, assertMatch } from "@std/assert";
import { buildTransformer } from "../../../pipelines/language/build_transformer.ts";
import { pipeline } from "../../../pipelines/core/pipeline.ts";
import { execute } from "../../../pipelines/core/run/execute.ts";
import { memoryRun } from "../../../pipelines/core/run/memory_run.ts";
import { plusMinus } from "../../../pipelines/words/plus_minus.ts";
import { wrapText } from "../../../pipelines/words/wrap_text.ts";
import { writeSamples } from "../../../pipelines/language/write_samples.ts";
import { trainLanguageModel } from "../../../pipelines/language/train_language_model.ts";
import { smallSizes, smallText } from "./small_text.ts";
import { smallTraining } from "./small_training.ts";

const input = {
  ...smallSizes,
  ...smallTraining,
  text: smallText,
  samples: 2,
  sampleLength: 13,
  temperature: 0.01,
  topK: 0,
};

async function samplesOf(changes: Partial<typeof input> = {}): Promise<string> {
  const store = memoryRun();
  const run = pipeline<typeof input>("test")
    .pipe(buildTransformer).pipe(trainLanguageModel).pipe(writeSamples)
    .give("written");
  const { written } = await execute(run, { ...input, ...changes }, {
    seed: 0,
    store,
    device: "cpu",
  });
  assertEquals(store.files.get("samples.txt"), written);
  return written;
}

Deno.test("writeSamples() goes on with a text past the context, from a new line", async () => {
  // The text repeats "abc\n", which the model has learned; the coldest temperature makes it sure.
  const text = "abc\nabc\nabc\na";
  assertEquals(
    await samplesOf(),
    `${text}\n\n${"-".repeat(40)}\n\n${text}\n`,
  );
});

Deno.test("writeSamples() writes what an encoder-decoder makes of the text that it reads", async () => {
  const written = await samplesOf({
    architecture: "encoder-decoder",
    steps: 1,
  });
  assertMatch(
    written,
    /^read: {2}"[^"]+"\nwrote: "[^"]+"\n\nread: {2}"[^"]+"\nwrote: "[^"]+"\n$/,
  );
  const lengths = [...written.matchAll(/"([^"]+)"/g)]
    .map(([, text]) => JSON.parse(`"${text}"`).length);
  assertEquals(lengths, [5, 5, 5, 5]);
});

Deno.test("wrapText() breaks lines between words, and keeps paragraphs", () => {
  assertEquals(
    wrapText("one two three\n\nfour", 8),
    "one two\nthree\n\nfour\n",
  );
  assertEquals(wrapText("unbreakable", 5), "unbreakable\n");
});

Deno.test("plusMinus() shows two digits of the error", () => {
  assertEquals(
    plusMinus({ mean: -0.4987, standardError: 0.0123 }),
    "-0.499 ± 0.012",
  );
  assertEquals(plusMinus({ mean: 123.4, standardError: 5.6 }), "123.4 ± 5.6");
  assertEquals(plusMinus({ mean: 200, standardError: 0 }), "200");
});
