/**
 * Translates sentences with a run of `translate-gru`: `deno task translate runs/NAME "ein hund spielt im schnee ."`.
 * @module
 */
import { translate } from "../../pipelines/translation/translate_command.ts";

if (import.meta.main) await translate(Deno.args);
