/**
 * Shows runs live in a browser on this machine: `deno task watch`.
 * @module
 */
import { watch } from "../pipelines/viewer/watch/watch_command.ts";
import { loadTask } from "./load_task.ts";

if (import.meta.main) await watch(loadTask, Deno.args);
