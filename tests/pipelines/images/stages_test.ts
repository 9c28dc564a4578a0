import {
  assert,
  assertEquals,
  assertMatch,
  assertRejects,
  assertStringIncludes,
} from "@std/assert";
import { pipeline } from "../../../pipelines/core/pipeline.ts";
import { execute } from "../../../pipelines/core/run/execute.ts";
import { memoryRun } from "../../../pipelines/core/run/memory_run.ts";
import { StageError } from "../../../pipelines/core/stage_error.ts";
import {
  binarize,
  threshold,
} from "../../../pipelines/images/binarize_stages.ts";
import {
  type ImageRequest,
  loadMnist,
} from "../../../pipelines/images/load_mnist.ts";
import { loadText } from "../../../pipelines/text/load_text.ts";
import { ownEnvironment } from "../core/own_environment.ts";

const data = Deno.env.get("LOWERBOUND_DATA");

const all = { trainImages: 0, testImages: 0 };

Deno.test("loadMnist and threshold leave binary images, and say what they are", async () => {
  const store = memoryRun();
  const both = pipeline<ImageRequest>("both").pipe(loadMnist).pipe(threshold);
  const request = { ...all, data: "digits" };
  const { grey, images, dataset } = await execute(both, request, {
    seed: 0,
    device: "tfjs",
    store,
  });
  assertEquals(images.binarization, "threshold");
  assertEquals(images.train.count, 10_000);
  const at = grey.test.pixels.findIndex((pixel) => pixel > 127);
  assertEquals([images.test.pixels[at], images.test.pixels[0]], [1, 0]);
  assert(dataset.builtIn);
  assertEquals(store.facts, {
    dataset: { ...dataset },
    binarization: "threshold",
  });
});

Deno.test("binarize follows the config, whatever the seed", async () => {
  const both = pipeline<ImageRequest & { binarization: "stochastic" }>("both")
    .pipe(loadMnist).pipe(binarize);
  const config = {
    ...all,
    data: "fixtures/digits",
    binarization: "stochastic",
  } as const;
  const first = await execute(both, config, { seed: 0, device: "tfjs" });
  const second = await execute(both, config, { seed: 1, device: "tfjs" });
  assertEquals(first.images.test, second.images.test);
  // A folder named like the built-in digits, whose bytes are others, does not pass for them.
  assertMatch(first.dataset.name, /^digits-[0-9a-f]{8}$/);
});

Deno.test("loadMnist warns where the built-in digits stand in", async () => {
  const warnings: string[] = [];
  using _ = ownEnvironment({
    LOWERBOUND_DATA: "/nowhere",
    XDG_CACHE_HOME: "/nowhere",
  });
  const { dataset } = await execute(loadMnist, { ...all, data: "auto" }, {
    seed: 0,
    device: "tfjs",
    progress: {
      stage: () => {},
      update: () => {},
      note: () => {},
      warn: (text) => void warnings.push(text),
    },
  });
  if (!dataset.builtIn) return assertEquals(warnings, []); // this machine reached a mirror
  assertEquals(warnings, ["Built-in digits, not mnist: mnist was not found"]);
});

Deno.test("loadMnist fails on a folder without the files, and names it", async () => {
  const folder = await Deno.makeTempDir();
  const error = await assertRejects(
    () =>
      execute(loadMnist, { ...all, data: folder }, { seed: 0, device: "tfjs" }),
    StageError,
  );
  assertStringIncludes(
    error.message,
    `in the folder ${folder} but found none`,
  );
  await Deno.remove(folder);
});

Deno.test("loadText refuses a text that is shorter than the context", async () => {
  const path = await Deno.makeTempFile({ suffix: ".txt" });
  await Deno.writeTextFile(path, "a short text");
  const error = await assertRejects(
    () =>
      execute(loadText, { data: path, context: 64 }, {
        seed: 0,
        device: "tfjs",
      }),
    StageError,
  );
  assertStringIncludes(
    error.message,
    "Expected more than context = 64 characters in the train split but found 10",
  );
  await Deno.remove(path);
});

Deno.test("loadText knows the entropy rate of the grammar, and of nothing else", async () => {
  const config = { data: "grammar", context: 64 };
  const { text, dataset } = await execute(loadText, config, {
    seed: 0,
    device: "tfjs",
  });
  assert(text.entropyRate !== undefined && dataset.builtIn);
  const path = "fixtures/digits/README.md";
  const other = await execute(loadText, { data: path, context: 8 }, {
    seed: 0,
    device: "tfjs",
  });
  assertEquals(other.text.entropyRate, undefined);
});

Deno.test({
  name: "loadText reads Tiny Shakespeare (needs LOWERBOUND_DATA)",
  ignore: data === undefined,
  fn: async () => {
    const config = { data: "shakespeare", context: 256 };
    const { text, dataset } = await execute(loadText, config, {
      seed: 0,
      device: "tfjs",
    });
    // Karpathy's nanoGPT, data/shakespeare_char: 65 characters, 1,115,394 altogether.
    assertEquals(text.vocabulary.length, 65);
    assertEquals(
      text.train.length + text.validation.length + text.test.length,
      1_115_394,
    );
    assertEquals(dataset.name, "shakespeare");
  },
});
