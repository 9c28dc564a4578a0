/**
 * Repeats a run from its record, and says whether its numbers came out the same: `deno task rerun runs/NAME`.
 * @module
 */
import { rerun } from "../pipelines/core/task/rerun.ts";
import { loadTask } from "./load_task.ts";

if (import.meta.main) await rerun(loadTask);
