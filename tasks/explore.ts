/**
 * Writes a page to explore what a finished run has learned: `deno task explore runs/NAME`.
 * @module
 */
import { exploreCommand } from "../pipelines/finished/explore/explore_command.ts";

if (import.meta.main) await exploreCommand(Deno.args);
