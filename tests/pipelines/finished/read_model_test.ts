import { assertEquals, assertRejects } from "@std/assert";
import { newRecord } from "../../../pipelines/core/run/new_record.ts";
import { writeRecord } from "../../../pipelines/core/run/run_record.ts";
import { loadRun } from "../../../pipelines/finished/load_run.ts";
import { reasons } from "../../../pipelines/finished/read_model.ts";
import { allTasks } from "../../settings/all_tasks.ts";
import { tempFolder } from "../core/temp_folder.ts";

/** The tasks that keep one model; their runs are loaded where the tasks are tested. */
const KEEP_ONE: readonly string[] = [
  ...["vae-k3", "vae-k20", "vae-mlp", "vae-small14", "vae-manifold"],
  ...["vae-conv-k20", "iwae", "iwae-two-layers", "elbo-gap"],
  ...["gan", "flow-mnist"],
  ...["diffusion-mnist", "diffusion-guidance", "diffusion-samplers"],
  ...["shakespeare", "prenorm-shallow", "prenorm-deep"],
  ...["postnorm-shallow", "postnorm-deep"],
  ...["translate-gru", "translate-many"],
];

Deno.test("each task keeps one model, or there is a reason why not", () => {
  assertEquals(
    [...KEEP_ONE, ...Object.keys(reasons)].sort(),
    allTasks.map(({ name }) => name).sort(),
  );
});

/** Tasks that a reason names, as those that keep a model. */
function namedIn(reason: string): readonly string[] {
  const known = new Set(allTasks.map(({ name }) => name));
  return reason.split(/[ ;,]+/).filter((word) => known.has(word));
}

for (const [task, reason] of Object.entries(reasons)) {
  Deno.test(`loadRun() refuses a run of ${task}, and says why`, async () => {
    using folder = tempFolder();
    const start = { task, config: {}, seed: 0, device: "cpu" } as const;
    writeRecord(folder.path, {
      ...newRecord({ ...start, threads: 1, commandLine: [] }),
      status: "finished",
    });
    await assertRejects(
      () => loadRun(folder.path),
      RangeError,
      `Expected a run that keeps one trained model but ${task} ${reason}`,
    );
    const named = namedIn(reason).filter((name) => name !== task);
    assertEquals(named.filter((name) => !KEEP_ONE.includes(name)), []);
  });
}

Deno.test("loadRun() names the run that a run took its model from", async () => {
  using folder = tempFolder();
  const config = { modelFolder: "runs/diffusion-mnist-1" };
  const start = { task: "diffusion-guidance", config, seed: 0 } as const;
  writeRecord(folder.path, {
    ...newRecord({ ...start, device: "cpu", threads: 1, commandLine: [] }),
    status: "finished",
  });
  await assertRejects(
    () => loadRun(folder.path),
    RangeError,
    "this run of diffusion-guidance took its model from runs/diffusion-mnist-1, which can be loaded",
  );
});
