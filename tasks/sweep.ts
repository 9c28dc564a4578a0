/**
 * Runs a task once for each combination of settings, here or on Slurm: `deno task sweep vae-k3 --latent 2,3 --seed 0..2`.
 * @module
 */
import { fromFileUrl } from "@std/path";
import { sweep } from "../pipelines/sweeps/sweep.ts";
import { loadTask, taskFile } from "./load_task.ts";

if (import.meta.main) {
  const pathOf = (file: string) => fromFileUrl(import.meta.resolve(file));
  await sweep({
    load: loadTask,
    fileOf: taskFile,
    program: pathOf("./sweep.ts"),
    runFlags: [
      ...["-q", "-P=run", "--no-prompt"],
      `--config=${pathOf("../deno.json")}`,
    ],
  }, Deno.args);
}
