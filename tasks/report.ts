/**
 * Writes a page about a run, or about several side by side: `deno task report runs/NAME`.
 * @module
 */
import { report } from "../pipelines/viewer/report/report_command.ts";
import { loadTask } from "./load_task.ts";

if (import.meta.main) await report(loadTask, Deno.args);
