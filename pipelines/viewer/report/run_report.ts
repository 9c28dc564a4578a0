/**
 * The report that a run leaves when it ends.
 * @module
 */
import type { ReportPage } from "../../core/run/report_page.ts";
import type { Task } from "../../core/task/task.ts";
import { knownTask } from "../known_task.ts";
import { viewRun } from "../run_view.ts";
import { reportPage } from "./report_page.ts";

/**
 * Makes the function that writes a run's report: numbers with errors, units and bands, curves, figures, settings, and
 * the command to repeat it, in one file of HTML without a script.
 *
 * @param task The run's task, whose bands and defaults are shown; a script has none.
 * @returns A function of the run's folder, for the option `report` of `execute`.
 *
 * @example
 * ```ts
 * import { execute, stage } from "@lowerbound/lowerbound";
 * import { runReport } from "@lowerbound/lowerbound/viewer";
 *
 * const measure = stage("measure", { needs: [], adds: { summary: "one number" } },
 *   () => ({ summary: { "test/loss": 0.5 } }));
 * const out = await Deno.makeTempDir();
 * await execute(measure, {}, { seed: 0, out, report: runReport() });
 * const page = await Deno.readTextFile(`${out}/report.html`);
 * console.assert(page.includes("test/loss"));
 * await Deno.remove(out, { recursive: true });
 * ```
 */
export function runReport(task?: Task): ReportPage {
  const find = async () =>
    task ? await knownTask(task) : { bands: {}, defaults: undefined };
  return async (folder) => await reportPage(await viewRun(folder, find));
}
