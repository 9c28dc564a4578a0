/**
 * Where a finished translator looks while it translates test sentences.
 * @module
 */
import * as tf from "@tensorflow/tfjs";
import type { Device } from "../../../compile/types.ts";
import type { RunRecord } from "../../core/run/run_record.ts";
import { parallelSource } from "../../text/parallel/load_parallel.ts";
import { LANGUAGES } from "../../text/parallel/multi30k.ts";
import type { ParallelText } from "../../text/parallel/parallel_text.ts";
import { SOS, tokenUnit } from "../../text/parallel/tokens.ts";
import { splitWords } from "../../text/parallel/words.ts";
import {
  type DecoderPool,
  decoderPool,
} from "../../text/decoding/compiled_decoder.ts";
import {
  type StoredTranslator,
  unknownWords,
} from "../../translation/stored_translator.ts";
import { translateLine } from "../../translation/translate_line.ts";
import type {
  Attended,
  AttendedText,
} from "../../viewer/explore/attention/attention_maps.ts";
import { attentionMaps } from "./attention_maps.ts";
import { notExplorable } from "./explorable.ts";
import { reasonOf, runData } from "./run_data.ts";
import { quietContext } from "../quiet_context.ts";

/** Sentences to choose from, over all directions, and how many words each has. */
const TEXTS = 12;
const [FEWEST, MOST] = [5, 14];

/** Beam search as `deno task translate` has it. */
const SEARCH = { beams: 5, lengthPenalty: "length" } as const;

/** A direction, and a test sentence with its reference. */
interface Example {
  readonly from: string;
  readonly to: string;
  readonly line: string;
  readonly reference: string;
}

/**
 * Translates test sentences of a run with its translator.
 *
 * @param record What the run recorded.
 * @param stored Its translator.
 * @param device Where decoders are compiled for.
 * @returns Some sentences with their translations, and the weights of all layers and heads.
 * @throws {RangeError} If the translator has no attention, or the run's sentences are not found or no longer what it saw.
 */
export async function translationAttention(
  record: RunRecord,
  stored: StoredTranslator,
  device: Device,
): Promise<Attended> {
  using pool = decoderPool(stored.decodable, quietContext(device));
  const texts: AttendedText[] = [];
  for (const example of await testExamples(record, stored)) {
    const text = await attendExample(example, stored, pool);
    if (text.maps.length === 0) {
      throw notExplorable(`a translator of ${record.task} without attention`);
    }
    texts.push(text);
  }
  const { layers, heads } = texts[0]!.maps[0]!; // a test split has a sentence, which was looked at
  const how = layers * heads === 1
    ? "Where the decoder looks"
    : `Where ${layers} layers of ${heads} heads look`;
  return {
    title: `${record.task}, seed ${record.seed}: attention`,
    about:
      `${how} while the translations of test sentences are predicted, computed by deno task explore.`,
    texts,
  };
}

/** Sentences of each direction to or from English, or of the only one. */
async function testExamples(
  record: RunRecord,
  stored: StoredTranslator,
): Promise<readonly Example[]> {
  const { sources, sourceTokens } = stored;
  const targets = Object.keys(stored.targets);
  const { lines } = await testLines(record, [...sources, ...targets]);
  const directions = sources.flatMap((from) =>
    targets.filter((to) => to !== from && lines[from] && lines[to])
      .filter((to) => targets.length === 1 || [from, to].includes("en"))
      .map((to) => ({ from, to }))
  );
  const each = Math.max(1, Math.floor(TEXTS / directions.length));
  return directions.flatMap(({ from, to }, at) => {
    const references = lines[to]!; // filtered
    const examples = lines[from]!.map((line, i) => {
      const words = splitWords(line);
      const unfit = words.length < FEWEST || words.length > MOST ||
        unknownWords(words, sourceTokens).length > 0;
      const reference = references[i]!; // as many
      return { from, to, line, reference, words: words.length, unfit };
    });
    return examples.filter(({ words }) => words > 0)
      .toSorted((a, b) => Number(a.unfit) - Number(b.unfit)) // others only where too few fit
      .slice(at * each, (at + 1) * each); // not the same ones in all directions
  });
}

async function testLines(
  record: RunRecord,
  wanted: readonly string[],
): Promise<ParallelText["test"]> {
  const others = record.config["others"]; // of a model for many languages, which may lack some in the built-in sentences
  const asked = Array.isArray(others) ? ["en", ...others] : wanted;
  const known = asked.flatMap((name) =>
    LANGUAGES.find((one) => one === name) ?? []
  );
  const missing = Array.isArray(others) ? "left out" : "refused";
  try {
    return (await runData(record, parallelSource(known, missing))).test;
  } catch (error) {
    throw new RangeError(
      `Expected the sentences of the run, to translate some: ${
        reasonOf(error)
      }`,
    );
  }
}

async function attendExample(
  { from, to, line, reference }: Example,
  stored: StoredTranslator,
  pool: DecoderPool,
): Promise<AttendedText> {
  const found = await translateLine(line, stored, pool, { ...SEARCH, to });
  const { source, target, sourceWords, targetWords, best } = found;
  const before = [SOS, ...target.slice(0, -1)];
  const row = (ids: readonly number[]) =>
    tf.tensor2d([[...ids]], [1, ids.length], "int32");
  const maps = await attentionMaps(
    () => stored.attend(row(source), row(before)),
    {
      unit: tokenUnit(stored.targetTokens),
      source: sourceWords,
      target: targetWords,
      before: before.map((id) => stored.targetTokens.names[id]!), // its tokens
    },
  );
  return {
    name: `${from} to ${to}: ${line}`,
    told: [
      ["Translation", best[0]!.text], // a line with words has one
      ["Reference", reference],
    ],
    maps,
  };
}
