import {
  assertEquals,
  assertMatch,
  assertRejects,
  assertStringIncludes,
} from "@std/assert";
import { join } from "@std/path";
import { pipeline } from "../../../../pipelines/core/pipeline.ts";
import { execute } from "../../../../pipelines/core/run/execute.ts";
import { type Stage, stage } from "../../../../pipelines/core/stage.ts";
import { StageError } from "../../../../pipelines/core/stage_error.ts";
import {
  stochastic,
  threshold,
} from "../../../../pipelines/images/binarize_stages.ts";
import {
  type ImageRequest,
  loadMnist,
} from "../../../../pipelines/images/load_mnist.ts";
import { readRuns } from "../../../../pipelines/vae/latents/read_runs.ts";
import { tempFolder } from "../../core/temp_folder.ts";

interface Config extends ImageRequest {
  readonly latent: number;
}

const request = { data: "fixtures/digits", trainImages: 10, testImages: 10 };

/** A stage that measures nothing but what it is told. */
const measure: Stage<
  { readonly latent: number },
  { readonly summary: Readonly<Record<string, number>> }
> = stage(
  "measure",
  { needs: ["latent"], adds: { summary: "" } },
  ({ latent }, { metrics }) => {
    metrics.record({ step: 1, epoch: 1, values: { "validation/kl": latent } });
    return { summary: { "test/kl": latent } };
  },
);

/** Leaves a finished run in a folder. */
async function leaveRun(folder: string, latent: number): Promise<string> {
  const run = pipeline<Config>("toy").pipe(loadMnist).pipe(threshold)
    .pipe(measure).give("summary");
  const options = { seed: 7, device: "tfjs", out: folder } as const;
  await execute(run, { ...request, latent }, options);
  return folder;
}

async function read(
  runs: readonly string[],
  binarize: typeof threshold = threshold,
) {
  const reading = pipeline<ImageRequest & { readonly runs: readonly string[] }>(
    "reading",
  ).pipe(loadMnist).pipe(binarize).pipe(readRuns).give("finished");
  const options = { seed: 0, device: "tfjs" } as const;
  return (await execute(reading, { ...request, runs }, options)).finished;
}

Deno.test("readRuns labels runs of one task by the settings in which they differ", async () => {
  using folder = tempFolder();
  const runs = [
    await leaveRun(join(folder.path, "first"), 3),
    await leaveRun(join(folder.path, "second"), 20),
  ];
  const [first, second] = await read(runs);
  assertEquals([first!.label, second!.label], [
    "toy, latent 3",
    "toy, latent 20",
  ]);
  assertEquals(first!.seed, 7);
  assertMatch(first!.dataset, /^digits-/);
  assertEquals(first!.binarization, "threshold");
  assertEquals(second!.summary, { "test/kl": 20 });
  assertEquals(first!.history, [
    { step: 1, epoch: 1, values: { "validation/kl": 3 } },
  ]);
  const [alone] = await read(runs.slice(0, 1));
  assertEquals(alone!.label, "toy");
});

Deno.test("readRuns refuses runs on other pixels, before any work", async () => {
  using folder = tempFolder();
  const run = await leaveRun(join(folder.path, "run"), 3);
  const error = await assertRejects(() => read([run], stochastic), StageError);
  assertStringIncludes(
    error.message,
    'Expected one binarization in a comparison but found stochastic of "this run" and threshold of "toy"',
  );
});

Deno.test("readRuns names a folder without a run", async () => {
  using folder = tempFolder();
  const error = await assertRejects(() => read([folder.path]), StageError);
  assertStringIncludes(error.message, "found no run.json");
});
