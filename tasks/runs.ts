/**
 * Lists runs: `deno task runs`.
 * @module
 */
import { runs } from "../pipelines/viewer/runs/runs_command.ts";
import { loadTask } from "./load_task.ts";

if (import.meta.main) await runs(loadTask, Deno.args);
