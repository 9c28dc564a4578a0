/**
 * Removes failed and interrupted runs, and the checkpoints of finished ones: `deno task clean`.
 * @module
 */
import { clean } from "../pipelines/viewer/runs/clean_command.ts";

if (import.meta.main) await clean(Deno.args);
