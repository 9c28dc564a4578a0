/**
 * What a task file calls: a run that leaves a report.
 * @module
 */
import { main as run } from "../pipelines/core/task/main.ts";
import type { Task } from "../pipelines/core/task/task.ts";
import { runReport } from "../pipelines/viewer/report/run_report.ts";

/**
 * Runs a task as its command line says, leaves `report.html` in the run's folder, and ends the process.
 *
 * @param task The task.
 * @returns Never.
 */
export async function main(task: Task): Promise<never> {
  return await run(task, Deno.args, { report: runReport(task) });
}
