/**
 * What is fuzzed: each parser with a maker of inputs that pass its syntax.
 * @module
 */
import { assert, assertEquals } from "@std/assert";
import { crc32, deflateRawSync } from "node:zlib";
import { gunzip } from "../../../pipelines/core/data/gunzip.ts";
import { openFile } from "../../../pipelines/core/data/known_data.ts";
import {
  decodeSafetensors,
  encodeSafetensors,
} from "../../../pipelines/core/run/checkpoints/safetensors.ts";
import { newRecord } from "../../../pipelines/core/run/new_record.ts";
import { jsonParser } from "../../../pipelines/core/run/parse_json.ts";
import {
  lineSchema,
  recordSchema,
  summarySchema,
} from "../../../pipelines/core/run/schemas.ts";
import { bandsSchema } from "../../../pipelines/core/task/expected_bands.ts";
import { readFlags } from "../../../pipelines/core/task/flags.ts";
import { UsageError } from "../../../pipelines/core/task/usage_error.ts";
import { parseMnist } from "../../../pipelines/images/mnist.ts";
import { vaeFlags } from "../../../pipelines/vae/vae.ts";
import { dataTargets } from "./data_targets.ts";
import { mutateJson } from "./mutate_json.ts";
import type { Random } from "./random.ts";

/** A parser under test. */
export interface Target {
  /** Names it in reports. */
  readonly name: string;
  /** Makes an input, parses it, and looks at what comes out; what is thrown is judged by the caller. */
  readonly attempt: (random: Random) => unknown;
}

const record = newRecord({
  task: "vae-k3",
  config: { epochs: 20, hidden: [500], data: "auto" },
  seed: 7,
  device: "cpu",
  threads: 2,
  commandLine: ["deno", "task", "vae-k3"],
});
const summary = {
  task: "a",
  dataset: "b",
  device: "cpu",
  seed: 0,
  "c/d": -1.5,
};
const line = { step: 3, epoch: 0.5, "train/elbo": -131.5 };
const band = { low: -2, high: -1, unit: "nats", measured: "by hand" };
const bands = { "test/elbo": [band, { ...band, when: { seed: 0 } }], kl: band };

const parseRecord = await jsonParser(recordSchema);
const parseSummary = await jsonParser(summarySchema);
const parseLine = await jsonParser(lineSchema);
const parseBands = await jsonParser(bandsSchema);

/** A JSON file by its schema. */
function jsonTarget<T>(
  name: string,
  valid: unknown,
  parse: (text: string, source: string) => T,
  check: (value: T) => void,
): Target {
  return {
    name,
    attempt: (random) => check(parse(mutateJson(valid, random), "the file")),
  };
}

function assertNumbers(value: object, except: readonly string[]): void {
  for (const [name, number] of Object.entries(value)) {
    assert(except.includes(name) || Number.isFinite(number), name);
  }
}

async function attemptSafetensors(random: Random): Promise<void> {
  const sizes = Array.from({ length: random.below(4) }, () => random.below(5));
  let end = 0;
  const header = Object.fromEntries(sizes.map((size, i) => {
    const offsets = [end, end += 4 * size];
    const dtype = random.pick(["F32", "I32"]);
    return [`t${i}`, { dtype, shape: [size], data_offsets: offsets }];
  }));
  const text = mutateJson(
    { __metadata__: { lowerbound: "{}" }, ...header },
    random,
  );
  const json = new TextEncoder().encode(text);
  const extra = random.below(5) === 0 ? random.below(9) - 4 : 0;
  const size = Math.max(0, end + extra);
  const bytes = new Uint8Array(8 + json.length + size);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(json.length), true);
  bytes.set(json, 8);
  for (let i = 0; i < size; i++) bytes[8 + json.length + i] = i % 60; // no NaN
  const found = await decodeSafetensors(bytes, "the file");
  const stored = Object.values(found.tensors)
    .reduce((total, { data }) => total + data.byteLength, 0);
  assertEquals(stored, size); // every byte belongs to one array
  const again = encodeSafetensors(found);
  assertEquals(await decodeSafetensors(again, "again"), found);
}

/** Members with headers of all kinds, some of them damaged in a field. */
function attemptGzip(random: Random): void {
  const plain: number[] = [];
  const all: number[] = [];
  let isSound = true;
  for (let member = 0; member <= random.below(3); member++) {
    const part = Uint8Array.from(
      { length: random.below(40) },
      () => random.below(256),
    );
    plain.push(...part);
    const flags = random.pick([0, 0, 4, 8, 16, 2]);
    const head = [0x1f, 0x8b, 8, flags, 0, 0, 0, 0, 0, 255];
    if (flags === 4) head.push(2, 0, 1, 2);
    if (flags === 8 || flags === 16) head.push(97, 98, 0);
    if (flags === 2) {
      const sum = crc32(Uint8Array.from(head));
      head.push(sum & 255, sum >> 8 & 255);
    }
    const tail = new DataView(new ArrayBuffer(8));
    const isOff = random.below(6) === 0;
    if (isOff) isSound = false;
    tail.setUint32(0, crc32(part) ^ (isOff ? 1 << random.below(31) : 0), true);
    tail.setUint32(4, part.length, true);
    all.push(...head, ...deflateRawSync(part), ...new Uint8Array(tail.buffer));
  }
  if (random.below(4) === 0) all.push(...Array(random.below(20)).fill(0));
  const most = random.pick([
    1_000,
    plain.length,
    Math.max(1, plain.length - 1),
  ]);
  const found = gunzip(Uint8Array.from(all), "the file", most);
  assert(isSound, "a wrong checksum was taken");
  assertEquals([...found], plain);
  assert(found.length <= most);
}

/** Four IDX files, whose headers are sound but do not always fit one another. */
async function attemptMnist(random: Random): Promise<void> {
  const rows = random.pick([0, 1, 2, 2, 2, 2]);
  const idx = async (name: string, shape: readonly number[], top: number) => {
    const length = shape.reduce((product, axis) => product * axis, 1);
    const header = [0, 0, 8, shape.length];
    for (const axis of shape) header.push(0, 0, 0, axis);
    const values = Array.from({ length }, () => random.below(top + 1));
    return await openFile(name, Uint8Array.from([...header, ...values]));
  };
  const ink = random.pick([255, 255, 1, 0, 16]);
  const few = (count: number) => count - (random.below(8) === 0 ? 1 : 0);
  const [train, test] = [random.below(14), random.below(4)];
  const labels = random.pick([9, 9, 9, 10]);
  const testRows = random.below(8) === 0 ? rows + 1 : rows;
  const { train: kept, validation, test: last } = parseMnist([
    await idx("the file", [train, rows, 2], ink),
    await idx("the file", [Math.max(0, few(train))], labels),
    await idx("the file", [test, testRows, 2], random.pick([ink, 255])),
    await idx("the file", [Math.max(0, few(test))], labels),
  ]);
  assertEquals(kept.count + validation.count, train);
  for (const split of [kept, validation, last]) {
    assertEquals(split.labels.length, split.count);
    assertEquals(split.pixels.length, split.count * rows * 2);
    assert(split.labels.every((label) => label <= 9));
  }
}

const flags = vaeFlags({ latent: 3 });
const fields = new Map(
  Object.entries(flags).map(([name, field]) => [
    name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`),
    field,
  ]),
);
const VALUES = [
  ...["0", "1", "-1", "1.5", "1e3", "1e400", "", " ", "NaN", "Infinity"],
  ...[
    "0x10",
    "1,2",
    ",",
    "1,,2",
    "tanh",
    "Tanh",
    "--",
    "-",
    "true",
    "9".repeat(30),
  ],
];

function attemptFlags(random: Random): void {
  const args = Array.from({ length: random.below(4) }, () => {
    const flag = `--${random.pick([...fields.keys()])}`;
    const value = random.pick(VALUES);
    return random.below(2) === 0 ? [`${flag}=${value}`] : [flag, value];
  }).flat();
  const given = readFlags(flags, args);
  for (const [name, value] of Object.entries(given)) {
    const field = flags[name as keyof typeof flags];
    assertEquals<unknown>(field.parse(String(value)), value);
  }
}

/** All parsers. */
export const targets: readonly Target[] = [
  jsonTarget("run.json", record, parseRecord, (value) => {
    const { seed } = value as typeof record;
    assert(Number.isSafeInteger(seed) && seed >= 0);
  }),
  jsonTarget(
    "summary.json",
    summary,
    parseSummary,
    (value) => assertNumbers(value, ["task", "dataset", "device"]),
  ),
  jsonTarget(
    "metrics.jsonl",
    line,
    parseLine,
    (value) => assertNumbers(value, []),
  ),
  jsonTarget("bands", bands, parseBands, (value) => {
    for (const { low, high } of Object.values(value).flat()) {
      assert(low <= high && Number.isFinite(high - low));
    }
  }),
  { name: "safetensors", attempt: attemptSafetensors },
  { name: "gzip", attempt: attemptGzip },
  { name: "MNIST", attempt: attemptMnist },
  { name: "flags", attempt: attemptFlags },
  ...dataTargets,
];

/** Whether an error tells the rule that an input breaks: the parser's own, by its class and its words. */
export function isClear(error: unknown): boolean {
  if (error instanceof UsageError) return true;
  return (error instanceof SyntaxError || error instanceof RangeError) &&
    /^(Expected|Cannot read) /.test(error.message);
}
