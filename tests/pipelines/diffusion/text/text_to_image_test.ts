import {
  assert,
  assertAlmostEquals,
  assertEquals,
  assertRejects,
  assertStringIncludes,
} from "@std/assert";
import { join } from "@std/path";
import { keyFrom } from "../../../../pipelines/core/random/key.ts";
import { execute } from "../../../../pipelines/core/run/execute.ts";
import { memoryRun } from "../../../../pipelines/core/run/memory_run.ts";
import type { Store } from "../../../../pipelines/core/run/store.ts";
import { compareReadings } from "../../../../pipelines/diffusion/text/measure_negative.ts";
import { readText } from "../../../../pipelines/diffusion/text/text_file.ts";
import { textToImageExperiment } from "../../../../pipelines/diffusion/text/text_to_image.ts";
import { openTextStudio } from "../../../../pipelines/diffusion/text/text_studio.ts";
import type { Answers } from "../../../../pipelines/images/scenes/questions.ts";
import { tempFolder } from "../../core/temp_folder.ts";
import { stoppingAt } from "../../stopping_at.ts";
import { smallRun } from "./small_text.ts";

const model = "model/text_to_image.safetensors";

async function run(
  store: Store,
  own: Partial<typeof smallRun> = {},
  signal?: AbortSignal,
) {
  const options = { seed: 0, store, threads: 1 };
  return await execute(
    textToImageExperiment,
    { ...smallRun, ...own },
    signal ? { ...options, signal } : options,
  );
}

Deno.test("a run leaves pictures and a model that draws them again, and goes on to the last bit where it was killed", async () => {
  const whole = memoryRun();
  const { summary } = await run(whole);
  assertEquals([...whole.figures.keys()].sort(), [
    ...["autoencoder", "distance", "gallery"],
    ...["negative", "prompt", "samplers"],
  ]);
  assertEquals(summary["negative/starts"], 2);
  assert("prompts/held-out/everything" in summary);
  assert("negative/guidance/1.5/part/0.5/overlap" in summary);
  assert(
    "prompts/one-digit/digits" in summary ||
      "prompts/two-digits/digits" in summary,
  );
  assert(Object.values(summary).every(Number.isFinite));
  const report = whole.files.get("report.txt") as string;
  assertStringIncludes(report, 'Asked for "a thick red three left of a seven');

  const store = memoryRun();
  const stopping = stoppingAt(store, ({ values }) => "train/loss" in values); // the last of three trainings
  const learning = { measure: "never" } as const;
  await assertRejects(
    () => run(stopping.store, learning, stopping.signal),
    Error,
    "Stopped",
  );
  await run(store, learning);
  assertEquals(store.records, whole.records);
  assertEquals(store.files.get(model), whole.files.get(model));

  using folder = tempFolder();
  Deno.mkdirSync(join(folder.path, "model"));
  Deno.writeFileSync(
    join(folder.path, model),
    whole.files.get(model) as Uint8Array,
  );
  const drawn = memoryRun();
  const again = await run(drawn, { modelFolder: folder.path });
  assertEquals([...drawn.figures.keys()], ["prompt"]);
  assertEquals(
    drawn.files.get("images/0.png"),
    whole.files.get("images/0.png"),
  );
  assertEquals(
    drawn.files.get("images/1.png"),
    whole.files.get("images/1.png"),
  );
  assertEquals(
    again.summary["test/reader/ink"],
    Math.fround(summary["test/reader/ink"]!),
  );
  assertEquals("prompts/seen/ink" in again.summary, false);

  await batchesDoNotMatter(folder.path);
});

/** A picture depends on its place among the prompts and its prompt alone. */
async function batchesDoNotMatter(folder: string): Promise<void> {
  const saved = await readText(folder);
  using stack = new DisposableStack();
  stack.use(saved.model);
  stack.use(saved.autoencoder);
  stack.use(saved.reader);
  const context = {
    device: "cpu",
    threads: 1,
    signal: new AbortController().signal,
    progress: { stage() {}, update() {}, note() {}, warn() {} },
    // deno-lint-ignore no-explicit-any -- the studio uses no more of a context than this
  } as any;
  using studio = await openTextStudio(saved, context);
  const prompts = Array.from(
    { length: 27 },
    (_, i) => i % 2 ? "a red one" : "a blue ground",
  );
  const request = {
    sampler: "euler-ancestral",
    steps: 2,
    guidance: 3,
    key: keyFrom(1),
  } as const;
  const many = await studio.draw({ ...request, prompts });
  const few = await studio.draw({ ...request, prompts: prompts.slice(0, 2) });
  few.latents.forEach((value, i) =>
    assertAlmostEquals(value, many.latents[i]!, 1e-5)
  );
  const plain = await studio.draw({ ...request, prompts, guidance: 1 });
  const negative = "a green ground";
  const away = await studio.draw({
    ...request,
    prompts,
    guidance: 1,
    negative,
  });
  assertEquals(away.latents, plain.latents); // at guidance 1 it has no effect
}

Deno.test("what cannot be drawn is refused before any work", async () => {
  for (
    const [own, message] of [
      [{ prompt: "a thick rad three" }, 'found "rad"; did you mean "red"?'],
      [{ negative: "a desert" }, 'but found "desert"'],
      [{ steps: 1001 }, "Expected at most 1000 steps but found 1001"],
    ] as const
  ) {
    const store = memoryRun();
    await assertRejects(() => run(store, own), Error, message);
    assertEquals([...store.files], []);
  }
  await assertRejects(
    () => run(memoryRun(), { modelFolder: "/nowhere" }),
    Error,
    "Expected the folder of a finished text-to-image run but found no /nowhere/model",
  );
});

Deno.test("what a negative prompt changes is counted as a case by hand", () => {
  const answers: Answers = {
    ...{ ink: 0, ground: 3, thickness: 1, place: 4 },
    ...{ firstDigit: 3, secondDigit: 10 },
  };
  const effect = compareReadings(
    [answers, answers, { ...answers, ground: 5 }, { ...answers, ground: 4 }],
    [
      { ...answers, ground: 5 },
      answers,
      { ...answers, ground: 5, firstDigit: 8 },
      { ...answers, ground: 1, place: 0 },
    ],
  );
  assertEquals(effect.count, 4);
  assertEquals(effect.grounds[3]!.without.mean, 0.5);
  assertEquals(effect.grounds[3]!.negative.mean, 0.25);
  assertEquals(effect.changedGround.mean, 0.5);
  assertEquals(effect.changedOther!.mean, 0.5); // one of the two that were not blue
  assertEquals(effect.kept.digits.mean, 0.75);
  assertEquals(effect.kept.place.mean, 0.75);
  assertEquals(effect.kept.ink.mean, 1);
  assertEquals(effect.asAsked.without.mean, 1);
  assertEquals(effect.asAsked.negative.mean, 0.75);
});
