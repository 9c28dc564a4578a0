/**
 * Writes a page to explore the model of a finished VAE: `deno task explore runs/NAME`.
 * @module
 */
import { exploreCommand } from "../pipelines/finished/explore/explore_command.ts";

if (import.meta.main) await exploreCommand(Deno.args);
