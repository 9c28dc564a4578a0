/**
 * Finished stages in a folder, for runs to come.
 * @module
 */
import fs from "node:fs";
import type { Checkpoint, Json, MetricRecord } from "../context.ts";
import { sha256 } from "../sha256.ts";
import {
  decodeSafetensors,
  encodeSafetensors,
} from "../run/checkpoints/safetensors.ts";
import { codeOf } from "../run/disk/file_error.ts";
import { writeAtomically } from "../run/disk/atomic_file.ts";
import { metricLine } from "../run/metrics/metric_line.ts";
import { jsonParser, parseJson } from "../run/parse_json.ts";
import { lineSchema } from "../run/schemas.ts";

/** A stage that has finished: its last checkpoint, and what it had measured by then. */
export interface KeptStage {
  /** Names from the outermost pipeline to the stage. */
  readonly path: readonly string[];
  /** The last checkpoint of the stage. */
  readonly checkpoint: Checkpoint;
  /** Records of the stage up to that checkpoint. */
  readonly records: readonly MetricRecord[];
}

/** A kept stage that was found. */
export interface FoundStage extends KeptStage {
  /** When it was kept: ISO 8601, UTC. */
  readonly keptAt: string;
}

/** A folder of finished stages. */
export interface KeptStages {
  /** Finds a stage; what is damaged is told and left out. */
  readonly find: (key: string) => Promise<FoundStage | undefined>;
  /** Keeps a stage, whole or not at all; returns the bytes it takes, undefined where it is too large. */
  readonly keep: (key: string, stage: KeptStage) => Promise<number | undefined>;
}

/** Bytes of all kept stages. */
export const MOST_KEPT: number = 4 * 2 ** 30;

const HOUR_MS = 3_600_000;
const FILES = ["checkpoint.safetensors", "metrics.jsonl"] as const;
const ABOUT = "about.json";

/**
 * Opens a folder of finished stages, each in a folder of its own, with the SHA-256 of each file.
 *
 * Those that have not been used for longest make room for new ones.
 *
 * @param folder The folder, made where missing.
 * @param warn Is told of a damaged entry.
 * @param most The most bytes in all: 4 GiB unless given.
 * @returns The stages.
 */
export function keptStages(
  folder: string,
  warn: (text: string) => void,
  most: number = MOST_KEPT,
): KeptStages {
  return {
    async find(key) {
      const place = `${folder}/${key}`;
      if (!fs.existsSync(place)) return undefined;
      try {
        const found = await read(place);
        const now = new Date();
        fs.utimesSync(`${place}/${ABOUT}`, now, now); // its last use
        return found;
      } catch (error) {
        const reason = error instanceof Error ? error.message : String(error);
        warn(`Left out a damaged entry of the cache: ${reason}`);
        remove(place);
        return undefined;
      }
    },
    async keep(key, stage) {
      const { files, bytes } = await encode(stage);
      if (bytes > most / 4) return undefined; // it would push out all others
      const part = `${folder}/${key}.${crypto.randomUUID()}.part`;
      try {
        makeRoom(folder, most - bytes);
        for (const [name, content] of files) {
          writeAtomically(`${part}/${name}`, content);
        }
        fs.renameSync(part, `${folder}/${key}`);
      } catch (error) {
        remove(part);
        const code = codeOf(error);
        if (code !== "ENOTEMPTY" && code !== "EEXIST") throw error; // another process was faster
      }
      return bytes;
    },
  };
}

async function encode(
  { path, checkpoint, records }: KeptStage,
): Promise<
  {
    readonly files: readonly (readonly [string, Uint8Array<ArrayBuffer>])[];
    readonly bytes: number;
  }
> {
  const { step, tensors, state } = checkpoint;
  const text = new TextEncoder();
  const contents = [
    encodeSafetensors({
      tensors,
      metadata: { lowerbound: JSON.stringify({ step, state }) },
    }),
    text.encode(records.map(metricLine).join("")),
  ] as const;
  const checksums = await Promise.all(contents.map(sha256));
  const bytes = contents.reduce((sum, { length }) => sum + length, 0);
  const about = {
    ...{ version: 1, path, keptAt: new Date().toISOString(), bytes },
    sha256: Object.fromEntries(FILES.map((name, i) => [name, checksums[i]])),
  };
  const aboutText = text.encode(`${JSON.stringify(about, null, 2)}\n`);
  return {
    files: [
      ...FILES.map((name, i) => [name, contents[i]!] as const), // as many
      [ABOUT, aboutText],
    ],
    bytes,
  };
}

async function read(place: string): Promise<FoundStage> {
  const { path, keptAt, sha256: expected } = await readAbout(place);
  const [checkpoint, metrics] = await Promise.all(FILES.map(async (name) => {
    const bytes = new Uint8Array(fs.readFileSync(`${place}/${name}`));
    const found = await sha256(bytes);
    if (found === expected[name]) return bytes;
    throw new RangeError(
      `Expected ${place}/${name} to have SHA-256 ${
        expected[name]
      } but found ${found}`,
    );
  }));
  const source = `${place}/${FILES[0]}`;
  const { tensors, metadata } = await decodeSafetensors(checkpoint!, source); // two files
  const { step, state } = await parseJson(
    metadata["lowerbound"] ?? "",
    `the state in ${source}`,
    (z) => z.object({ step: z.int().nonnegative(), state: z.json() }),
  );
  const parse = await jsonParser(lineSchema);
  const lines = new TextDecoder().decode(metrics).split("\n").slice(0, -1);
  const records = lines.map((line, i) => {
    const { step, epoch, ...values } = parse(
      line,
      `line ${i + 1} of ${place}/${FILES[1]}`,
    );
    return { step, epoch, values };
  });
  const kept = { step, tensors, state: state as Json }; // `z.json` gives mutable JSON
  return { path, keptAt, checkpoint: kept, records };
}

async function readAbout(place: string) {
  const source = `${place}/${ABOUT}`;
  return await parseJson(
    fs.readFileSync(source, "utf8"),
    source,
    (z) =>
      z.object({
        version: z.literal(1),
        path: z.array(z.string()),
        keptAt: z.iso.datetime(),
        bytes: z.int().nonnegative(),
        sha256: z.record(z.string(), z.string()),
      }),
  );
}

/** Removes what was not used for longest until the rest fits, and what killed processes left. */
function makeRoom(folder: string, room: number): void {
  fs.mkdirSync(folder, { recursive: true });
  const entries = fs.readdirSync(folder).map((name) => {
    const path = `${folder}/${name}`;
    return { path, isPart: name.endsWith(".part"), ...sizeAndUse(path) };
  }).sort((a, b) => b.used - a.used); // newest first
  let kept = 0;
  for (const { path, isPart, bytes, used } of entries) {
    if (isPart) {
      if (Date.now() - used > HOUR_MS) remove(path); // a younger one may still be written
      continue;
    }
    kept += bytes;
    if (kept > room) remove(path);
  }
}

function sizeAndUse(
  path: string,
): { readonly bytes: number; readonly used: number } {
  try {
    const stats = fs.readdirSync(path).map((name) =>
      fs.statSync(`${path}/${name}`)
    );
    return {
      bytes: stats.reduce((sum, { size }) => sum + size, 0),
      used: Math.max(0, ...stats.map(({ mtimeMs }) => mtimeMs)),
    };
  } catch {
    return { bytes: 0, used: 0 }; // another process has removed it
  }
}

function remove(path: string): void {
  fs.rmSync(path, { recursive: true, force: true });
}
