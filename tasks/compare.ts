/**
 * Lays runs beside one another: `deno task compare runs/A runs/B`.
 * @module
 */
import { compare } from "../pipelines/viewer/runs/compare_command.ts";
import { loadTask } from "./load_task.ts";

if (import.meta.main) await compare(loadTask, Deno.args);
