import { assertEquals, assertRejects, assertStringIncludes } from "@std/assert";
import { pipeline } from "../../../pipelines/core/pipeline.ts";
import type { Progress } from "../../../pipelines/core/context.ts";
import { execute } from "../../../pipelines/core/run/execute.ts";
import { memoryRun } from "../../../pipelines/core/run/memory_run.ts";
import { readRecord } from "../../../pipelines/core/run/run_record.ts";
import { readSummary } from "../../../pipelines/core/run/summary.ts";
import { type Stage, stage } from "../../../pipelines/core/stage.ts";
import { StageError } from "../../../pipelines/core/stage_error.ts";
import { sourceFiles } from "../../house/project_files.ts";
import { tempFolder } from "./temp_folder.ts";

interface Numbers {
  readonly summary: Readonly<Record<string, number>>;
}

const summarize: Stage<object, Numbers> = stage("numbers", {
  needs: [],
  adds: { summary: "the numbers" },
}, () => ({ summary: { "test/elbo": -90 } }));

function drawing(error: unknown): Stage<object, object> {
  return stage("draw", { needs: [], adds: {} }, () => {
    throw error;
  });
}

function listening(): { readonly warnings: string[]; progress: Progress } {
  const warnings: string[] = [];
  const ignore = () => {};
  const warn = (text: string) => void warnings.push(text);
  const progress = { stage: ignore, update: ignore, note: ignore, warn };
  return { warnings, progress };
}

Deno.test("a figure that cannot be drawn is told of and recorded, and the numbers stay", async () => {
  using folder = tempFolder();
  const out = `${folder.path}/run`;
  const { warnings, progress } = listening();
  const run = pipeline("vae").pipe(summarize)
    .pipe(drawing(new RangeError("Expected 2 dimensions but found 1")))
    .give("summary");
  await execute(run, {}, { seed: 0, device: "tfjs", out, progress });
  const reason =
    'Cannot finish stage "vae > draw": Expected 2 dimensions but found 1';
  assertEquals(warnings, [`${reason}; the run goes on without it`]);
  const { status, facts } = await readRecord(out);
  assertEquals(status, "finished");
  assertEquals(facts["leftOut"], { "vae > draw": reason });
  assertEquals((await readSummary(out))["test/elbo"], -90);
});

Deno.test("the numbers are on the disk before a figure is drawn", async () => {
  using folder = tempFolder();
  const out = `${folder.path}/run`;
  let found: unknown;
  const look = stage("draw", { needs: [], adds: {} }, async () => {
    found = (await readSummary(out))["test/elbo"];
    return {};
  });
  const run = pipeline("vae").pipe(summarize).pipe(pipeline("all").pipe(look));
  await execute(run, {}, { seed: 0, device: "tfjs", out });
  assertEquals(found, -90);
});

Deno.test("a stage that measured, or that others need, fails the run", async () => {
  const measuring = stage("measure", { needs: [], adds: {} }, (_, context) => {
    context.metrics.record({ step: 0, epoch: 0, values: { "test/kl": NaN } });
    return {};
  });
  await assertRejects(
    () => execute(pipeline("vae").pipe(measuring), {}, { seed: 0 }),
    StageError,
    "Expected a finite test/kl but found NaN",
  );
  const broken: Stage<object, Numbers> = { ...summarize, run: () => fail() };
  await assertRejects(
    () => execute(pipeline("vae").pipe(broken), {}, { seed: 0 }),
    StageError,
    'Cannot finish stage "vae > numbers": No numbers',
  );
});

function fail(): never {
  throw new Error("No numbers");
}

/** Stages of the package that leave figures, by the file that hands them over. */
const drawn = await Promise.all(
  sourceFiles
    .filter(({ path, text }) =>
      path.startsWith("pipelines/") && /\bartifacts\b/.test(text) &&
      /\bfigure\(/.test(text) &&
      !path.startsWith("pipelines/core/")
    )
    .map(async ({ path }) => {
      const exported = Object.values(await import(`../../../${path}`));
      return [path, exported.filter(isStage).flatMap(drawingStages)] as const;
    }),
);

for (const [path, stages] of drawn) {
  Deno.test(`the stages of ${path} cannot cost a run its numbers`, async () => {
    assertEquals(stages.length > 0, true);
    for (const one of stages) {
      const store = memoryRun();
      const { warnings, progress } = listening();
      const blind: Stage<object, object> = { ...one, needs: [] };
      const run = pipeline("run").pipe(summarize).pipe(blind).give("summary");
      const { summary } = await execute(run, {}, { seed: 0, store, progress }); // without what it draws
      assertEquals(summary, { "test/elbo": -90 });
      assertEquals(store.summary, { "test/elbo": -90 });
      assertStringIncludes(warnings.at(-1) ?? "", `stage "run > ${one.name}"`);
    }
  });
}

/** A stage itself, or what a pipeline has of stages that are called after drawing. */
function drawingStages(one: Stage<object, object>): Stage<object, object>[] {
  if (one.stages.length === 0) return [one];
  return one.stages.filter(isStage).flatMap(drawingStages)
    .filter(({ name }) => name.startsWith("draw"));
}

function isStage(value: unknown): value is Stage<object, object> {
  return typeof value === "object" && value !== null && "adds" in value &&
    "needs" in value && "run" in value;
}
