import { assert, assertEquals, assertRejects } from "@std/assert";
import * as ort from "onnxruntime-node";
import type { Json } from "../../../pipelines/core/context.ts";
import { keyFrom } from "../../../pipelines/core/random/key.ts";
import { exportOnnxRun } from "../../../pipelines/finished/export_onnx_run.ts";
import {
  type LoadedRun,
  loadRun,
} from "../../../pipelines/finished/load_run.ts";
import { sampleRun } from "../../../pipelines/finished/sample_run.ts";
import { EOS, PAD, SOS, UNK } from "../../../pipelines/text/parallel/tokens.ts";
import { subwordTokens } from "../../../pipelines/text/subwords/subword_tokens.ts";
import { trainSubwords } from "../../../pipelines/text/subwords/train_subwords.ts";
import { sampleParameter } from "../../../pipelines/training/sample_parameter.ts";
import { recurrentTranslator } from "../../../pipelines/translation/build_seq2seq.ts";
import { decoderPool } from "../../../pipelines/text/decoding/compiled_decoder.ts";
import { encodeTransformer } from "../../../pipelines/translation/transformer_file.ts";
import { transformerTranslator } from "../../../pipelines/translation/transformer_translator.ts";
import { translateLine } from "../../../pipelines/translation/translate_line.ts";
import {
  encodeTranslator,
  TRANSLATOR_FILE,
} from "../../../pipelines/translation/translator_file.ts";
import { smallCorpus } from "../translation/small_corpus.ts";
import { leave } from "./leave_run.ts";

const draw = sampleParameter(keyFrom(5));
const LINE = "ein hund ruft die katze .";

async function recurrent(
  attention: "none" | "additive" | "multiplicative" | "location",
): Promise<Uint8Array> {
  const corpus = await smallCorpus(20);
  const vocabulary = {
    source: corpus.sourceTokens.names.length,
    target: corpus.targetTokens.names.length,
  };
  const sizes = { vocabulary, embedding: 6, units: 5, attention };
  using model = recurrentTranslator({ ...sizes, maxSource: 14 }, draw);
  return await encodeTranslator(model, corpus, "eos");
}

async function transformer(): Promise<Uint8Array> {
  const lines = [LINE, "the dog calls the cat ."];
  const tags = { de: 4, en: 5 };
  const tokens = subwordTokens(
    trainSubwords(lines, { size: 40, tags: ["<2de>", "<2en>"] }),
  );
  const sizes = {
    vocabulary: tokens.names.length,
    maxLength: 30,
    layers: 2,
    normalization: "pre",
    width: 8,
    heads: 2,
    feedForward: 2,
  } as const;
  using model = transformerTranslator(sizes, [4, 5], draw);
  return await encodeTransformer(model, sizes, {
    ...{ tokens, tags, tokensPerWord: 2 },
  });
}

/** What a run leaves, by the translator; its settings, as those of all families, are no help to rebuild it. */
const translators: Readonly<
  Record<
    string,
    {
      readonly file: () => Promise<Uint8Array>;
      readonly config: Readonly<Record<string, Json>>;
      readonly to?: string;
    }
  >
> = {
  "GRU without attention": {
    file: () => recurrent("none"),
    config: { attention: "none" },
  },
  "GRU with additive attention": {
    file: () => recurrent("additive"),
    config: { attention: "additive" },
  },
  "GRU with multiplicative attention": {
    file: () => recurrent("multiplicative"),
    config: { attention: "multiplicative" },
  },
  "GRU with attention by location": {
    file: () => recurrent("location"),
    config: { attention: "location" },
  },
  "transformer of many languages": {
    file: transformer,
    config: { normalization: "pre", heads: 2, width: 8 },
    to: "en",
  },
};

/** Writes greedily with the exported files, token by token, by another runtime's sessions. */
async function writeByFiles(
  run: LoadedRun,
  source: readonly number[],
  barred: readonly number[],
  most: number,
): Promise<readonly number[]> {
  const files = new Map(await exportOnnxRun(run));
  const open = (name: string) => ort.InferenceSession.create(files.get(name)!);
  const [encoder, step] = [
    await open("encoder.onnx"),
    await open("step.onnx"),
  ];
  const [input] = encoder.inputMetadata;
  assert(input?.isTensor);
  const size = Number(input.shape[1]);
  const row = Int32Array.from({ length: size }, (_, i) => source[i] ?? 0);
  const both = Int32Array.from([...row, ...row]); // a batch of any size
  let told = await encoder.run({ source: new ort.Tensor(both, [2, size]) });
  const written: number[] = [];
  let token = SOS;
  while (written.length < most) {
    const said = await step.run({
      ...told,
      token: new ort.Tensor(Int32Array.of(token, token), [2, 1]),
    });
    const { data, dims } = said["logits"]!;
    const logits = [...data as Float32Array].slice(dims[2]); // of the second
    for (const id of barred) logits[id] = -Infinity;
    token = logits.indexOf(Math.max(...logits));
    const next = Object.entries(said).flatMap(([name, x]) =>
      name.startsWith("next/") ? [[name.slice(5), x] as const] : []
    );
    told = { ...told, ...Object.fromEntries(next) };
    if (token === EOS) break;
    written.push(token);
  }
  await encoder.release();
  await step.release();
  return written;
}

for (const [name, { file, config, to }] of Object.entries(translators)) {
  Deno.test(`loadRun() rebuilds a ${name}, and its ONNX files write what it writes`, async () => {
    const folder = await leave(config, {}, {});
    await Deno.writeFile(`${folder}/${TRANSLATOR_FILE}`, await file());
    using run = await loadRun(folder);
    await Deno.remove(folder, { recursive: true });
    assert(run.model?.kind === "translator");
    const { translator } = run.model;
    using pool = decoderPool(translator.decodable, {
      ...{ device: "tfjs", threads: 1 },
      signal: new AbortController().signal,
    });
    const { best, sourceWords } = await translateLine(LINE, translator, pool, {
      ...{ beams: 1, lengthPenalty: "none" },
      ...to && { to },
    });
    const { tokens } = best[0]!.hypothesis; // it has words
    const { names } = translator.sourceTokens;
    const source = sourceWords.map((word) => {
      const at = names.indexOf(word);
      return at < 0 ? UNK : at;
    });
    const { barred } = translator.decodable;
    const written = await writeByFiles(
      run,
      source,
      [PAD, SOS, UNK, ...barred],
      tokens.length,
    );
    assertEquals(written, tokens);
    assert(tokens.length > 0);
    await assertRejects(
      () => sampleRun(run, { count: 1 }),
      RangeError,
      "deno task translate writes with it",
    );
  });
}
