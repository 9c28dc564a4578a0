/**
 * Runs a task once for each combination of settings, here or on Slurm: `deno task sweep vae-k3 --latent 2,3 --seed 0..2`.
 * @module
 */
import { fromFileUrl } from "@std/path";
import { sweep } from "../pipelines/sweeps/sweep.ts";
import { runsReport } from "../pipelines/viewer/report/runs_report.ts";
import { loadTask, taskFile } from "./load_task.ts";

/** Runs that a page compares: more columns cannot be read. */
const MOST_COMPARED = 12;

if (import.meta.main) {
  const pathOf = (file: string) => fromFileUrl(import.meta.resolve(file));
  await sweep({
    load: loadTask,
    fileOf: taskFile,
    report: ({ folder, cases }) => {
      const finished = cases.filter(({ status }) => status === "finished")
        .slice(0, MOST_COMPARED)
        .map((one) => `${folder}/${one.case.name}`);
      return runsReport(`${folder}/report.html`, finished, loadTask);
    },
    program: pathOf("./sweep.ts"),
    runFlags: [
      ...["-q", "-P=run", "--no-prompt"],
      `--config=${pathOf("../deno.json")}`,
    ],
  }, Deno.args);
}
