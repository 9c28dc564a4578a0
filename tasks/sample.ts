/**
 * Draws from the model of a finished run: `deno task sample runs/NAME --count 64`.
 * @module
 */
import { sampleCommand } from "../pipelines/finished/sample_command.ts";

if (import.meta.main) await sampleCommand(Deno.args);
