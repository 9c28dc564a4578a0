/**
 * How long a finished run takes to translate sentences, beside a loop in PyTorch with the same weights:
 * `deno task bench-translations RUN --lines FILE --python PATH`, with `--to LANGUAGE` where the run writes several.
 *
 * The file holds a sentence in each line. Both sides search with `--beams` sequences, at most two threads.
 * @module
 */
import { parseArgs } from "@std/cli/parse-args";
import { penaltyOf } from "../pipelines/translation/evaluate_translator.ts";
import { decoderPool } from "../pipelines/text/decoding/compiled_decoder.ts";
import { chooseTarget } from "../pipelines/translation/stored_translator.ts";
import {
  decodeTranslator,
  TRANSLATOR_FILE,
} from "../pipelines/translation/translator_file.ts";
import { writeTranslations } from "../pipelines/translation/write_translations.ts";
import { endSource } from "../pipelines/text/parallel/corpus.ts";
import { PAD, SOS, UNK } from "../pipelines/text/parallel/tokens.ts";
import { start } from "./contestant.ts";
import { requestFile, writeRequest } from "./hand_over.ts";
import { note, print } from "./print.ts";
import { median, ratios } from "./statistics.ts";

const flags = parseArgs(Deno.args, {
  string: ["_", "python", "lines", "to", "beams", "threads", "rounds"],
  default: {
    python: Deno.env.get("LOWERBOUND_PYTHON") ?? "python3",
    beams: "5",
    threads: "2",
    rounds: "3",
  },
});
const [run] = flags._;
if (run === undefined || flags.lines === undefined) {
  throw new TypeError("Expected the folder of a run, and --lines with a file");
}
const [beams, threads] = [Number(flags.beams), Number(flags.threads)];
const path = `${run}/${TRANSLATOR_FILE}`;
using stored = await decodeTranslator(await Deno.readFile(path), path);
const { tag } = stored.targets[chooseTarget(stored, flags.to)]!; // chosen among them
const sources = (await Deno.readTextFile(flags.lines)).trimEnd().split("\n")
  .map((line) => {
    const begin = tag === undefined ? [] : [tag];
    const ids = stored.sourceTokens.encode(line);
    return endSource([...begin, ...ids], stored).slice(0, stored.maxSource);
  });

const { signal } = new AbortController();
const setting = { device: "cpu", threads, signal } as const;
using pool = decoderPool(stored.decodable, setting);
const translate = () =>
  writeTranslations(pool, sources, { beams, penalty: penaltyOf("length") });
const begun = performance.now();
const translations = (await translate()).map(([best]) => best!.tokens); // at least one
const first = performance.now() - begun;

const barred = [PAD, SOS, UNK, ...stored.decodable.barred];
await using _request = await writeRequest("run", {
  ...{ sources, barred, beams, translations },
});
note("PyTorch ...");
const program = `${import.meta.dirname}/peers/translations.py`;
await using peer = await start({
  name: "PyTorch",
  program: flags.python,
  args: [program, path, requestFile("run")],
});
const [own, theirs]: [number[], number[]] = [[], []];
for (let round = 0; round < Number(flags.rounds); round++) {
  const before = performance.now();
  await translate();
  own.push(performance.now() - before);
  theirs.push(sources.length * await peer.run(0));
}
const seconds = (times: readonly number[]) => (median(times) / 1000).toFixed(2);
const all = ratios(own, theirs).map((ratio) => ratio.toFixed(3));
print(peer.facts);
print(
  `${sources.length} sentences, beam ${beams}: ${seconds(own)} s (${
    (first / 1000).toFixed(2)
  } s the first time), PyTorch ${seconds(theirs)} s, ratios ${all.join(", ")}`,
);
