/**
 * Repeats a run from its record, and says whether its numbers came out the same: `deno task rerun runs/NAME`.
 * @module
 */
import { rerun } from "../pipelines/core/task/rerun.ts";
import { runReport } from "../pipelines/viewer/report/run_report.ts";
import { loadTask } from "./load_task.ts";

if (import.meta.main) await rerun(loadTask, runReport);
