/**
 * The command that translates sentences with a finished run: `deno task translate RUN "..."`.
 * @module
 */
import { readFile } from "../core/data/read_file.ts";
import { chooseDevice } from "../core/run/choose_device.ts";
import { readRecord } from "../core/run/run_record.ts";
import { readInputLines } from "../core/run/standard_input.ts";
import { print, printAside } from "../core/run/terminal.ts";
import { exitAfter } from "../core/task/exit_after.ts";
import { count, text, toggle } from "../core/task/fields.ts";
import { complete, type Flags, readFlags } from "../core/task/flags.ts";
import { listenForInterruption } from "../core/task/interruption.ts";
import { printHelp } from "../core/task/print_help.ts";
import { UsageError } from "../core/task/usage_error.ts";
import { decoderPool } from "../text/decoding/compiled_decoder.ts";
import { type SearchSettings, searchSettings } from "./evaluate_translator.ts";
import { attentionText, translateLine } from "./translate_line.ts";
import { chooseTarget, type StoredTranslator } from "./stored_translator.ts";
import { decodeTranslator, TRANSLATOR_FILE } from "./translator_file.ts";
import { MOST_BYTES } from "../core/data/known_data.ts";

interface TranslateConfig extends SearchSettings {
  readonly to: string;
  readonly best: number;
  readonly attention: boolean;
  readonly help: boolean;
}

const flags: Flags<TranslateConfig> = {
  ...searchSettings,
  to: text("", "language to write, where the run writes several"),
  best: count(1, "translations to print, with their scores if more than one"),
  attention: toggle("print where the decoder looked"),
  help: toggle("show this text"),
};

const HELP =
  `translate: Translates sentences with a translator that a run has trained.

Usage: deno task translate FOLDER ["SENTENCE" ...] [--to LANGUAGE]
       [--beams COUNT] [--length-penalty length|none|gnmt] [--best COUNT]
       [--attention]

FOLDER is a run of translate-gru or translate-many; the latter writes several \
languages, one of which --to names. Without a sentence, the lines of the standard \
input are translated as they come; a line without a word gives an empty line. \
Translations are in lower case.`;

/**
 * Runs the command, and ends the process.
 *
 * @param args The arguments: the folder of a run, sentences, and flags.
 * @returns Never.
 */
export async function translate(args: readonly string[]): Promise<never> {
  return await exitAfter("translate", () => start(args));
}

async function start(args: readonly string[]): Promise<number> {
  const first = args.findIndex((arg) => arg.startsWith("--"));
  const words = first < 0 ? args : args.slice(0, first);
  const given = readFlags(flags, args.slice(words.length));
  const { best, attention, help, to, ...search } = complete(
    flags,
    given,
    "full",
  );
  if (help) {
    printHelp(HELP);
    return 0;
  }
  const [folder, ...sentences] = words;
  if (folder === undefined) {
    throw new UsageError("Expected the folder of a run first");
  }
  const beams = Math.max(best, search.beams);
  using stored = await readTranslator(folder);
  const language = chooseTarget(stored, to === "" ? undefined : to);
  using interruption = listenForInterruption(() => {}, 0);
  const { device } = await chooseDevice("auto");
  const { signal } = interruption;
  using pool = decoderPool(stored.decodable, {
    device,
    threads: 1,
    signal,
  });
  const lines = sentences.length > 0 ? sentences : readInputLines();
  for await (const line of lines) {
    const settings = { ...search, beams, to: language };
    const found = await translateLine(line, stored, pool, settings);
    found.warnings.forEach(printAside);
    const shown = found.best.slice(0, best);
    const texts = shown.map(({ text, hypothesis: { score } }) =>
      best === 1 ? text : `${score.toFixed(3).padStart(8)}  ${text}`
    );
    print(texts.join("\n"));
    if (attention && found.attention.length > 0) print(attentionText(found));
  }
  return 0;
}

async function readTranslator(folder: string): Promise<StoredTranslator> {
  const { task } = await readRecord(folder);
  const path = `${folder}/${TRANSLATOR_FILE}`;
  const bytes = await readFile(path, MOST_BYTES);
  if (bytes) return await decodeTranslator(bytes, path);
  throw new RangeError(
    `Expected a finished run of translate-gru or translate-many but ${folder}, of ${task}, holds no ${TRANSLATOR_FILE}`,
  );
}
