/**
 * Writes a run for other programs: `deno task export runs/NAME --to tensorboard`.
 * @module
 */
import { exportCommand } from "../pipelines/finished/export_command.ts";

if (import.meta.main) await exportCommand(Deno.args);
