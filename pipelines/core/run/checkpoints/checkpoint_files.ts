/**
 * The states of stages in `checkpoints/`, so that a killed run can go on.
 * @module
 */
import type { Checkpoint, Checkpoints, Json } from "../../context.ts";
import { sha256 } from "../../sha256.ts";
import fs from "node:fs";
import { partOf, removeIfThere, writeAtomically } from "../disk/atomic_file.ts";
import { codeOf } from "../disk/file_error.ts";
import type { Mark } from "../metrics/metrics_file.ts";
import { parseJson } from "../parse_json.ts";
import type { Place } from "../disk/place.ts";
import { expectSameMaking, type Making } from "../same_run.ts";
import { decodeSafetensors, encodeSafetensors } from "./safetensors.ts";

/** What checkpoints need to know of the run around them. */
export interface CheckpointHost {
  /** Minutes between checkpoints, beside those at each validation. */
  readonly everyMinutes: number;
  /** Where `metrics.jsonl` is, whose bytes so far are on the disk when this returns. */
  readonly mark: () => Mark;
  /** What the run is made with. */
  readonly making: () => Making;
  /** Takes `metrics.jsonl` to the position it had at a checkpoint. */
  readonly goTo: (position: number) => void;
  /** Is told of a damaged checkpoint. */
  readonly warn: (text: string) => void;
}

/** A checkpoint as it was found. */
interface Stored {
  readonly checkpoint: Checkpoint;
  readonly metrics: Mark;
  readonly making: Making;
}

const KEPT = 3;
const NAME = /^step-(\d+)\.safetensors$/;
const CHECKSUM = /^step-(\d+)\.safetensors\.sha256$/;
const FOLDER = "checkpoints";

/**
 * Keeps the newest 3 checkpoints of each stage in a folder of its own, each with its SHA-256 beside it.
 *
 * @param place The run's folder; the checkpoints are in its folder `checkpoints`.
 * @param host The run around them.
 * @returns The checkpoints.
 */
export function checkpointFiles(
  place: Place,
  host: CheckpointHost,
): Checkpoints {
  const folderOf = (path: readonly string[]) =>
    place.at([FOLDER, ...path.map(safeName)].join("/"));
  return {
    everyMinutes: host.everyMinutes,
    async save(path, checkpoint) {
      const metrics = host.mark();
      const bytes = encode({ checkpoint, metrics, making: host.making() });
      const name = `step-${
        String(checkpoint.step).padStart(9, "0")
      }.safetensors`;
      const line = `${await sha256(bytes)}  ${name}\n`; // as `sha256sum -c` reads it
      const folder = folderOf(path);
      writeAtomically(`${folder}/${name}.sha256`, line);
      writeAtomically(`${folder}/${name}`, bytes);
      prune(folder, checkpoint.step);
    },
    async restore(path) {
      const found = await newest(folderOf(path), host.warn);
      if (found === undefined) return undefined;
      expectSameMaking(found.making, host.making(), host.warn);
      host.goTo(found.metrics.position);
      return found.checkpoint;
    },
  };
}

/**
 * Finds the furthest place in `metrics.jsonl` that an undamaged checkpoint remembers.
 *
 * @param folder The run's folder.
 * @returns The place; undefined without a checkpoint.
 */
export async function furthestMark(folder: string): Promise<Mark | undefined> {
  return await furthestIn(`${folder}/${FOLDER}`);
}

async function furthestIn(folder: string): Promise<Mark | undefined> {
  let furthest = (await newest(folder, () => {}))?.metrics; // `restore` warns
  for (const entry of list(folder)) {
    if (!entry.isDirectory()) continue;
    const inner = await furthestIn(`${folder}/${entry.name}`);
    if ((inner?.position ?? -1) > (furthest?.position ?? -1)) furthest = inner;
  }
  return furthest;
}

/**
 * Whether a run has something to go on from.
 *
 * @param folder The run's folder.
 * @returns Whether it holds a checkpoint, damaged or not.
 */
export function hasCheckpoint(folder: string): boolean {
  const hasIn = (folder: string): boolean =>
    list(folder).some((entry) =>
      entry.isDirectory()
        ? hasIn(`${folder}/${entry.name}`)
        : NAME.test(entry.name)
    );
  return hasIn(`${folder}/${FOLDER}`);
}

async function newest(
  folder: string,
  warn: (text: string) => void,
): Promise<Stored | undefined> {
  for (const name of checkpointNames(folder)) {
    try {
      return await read(folder, name);
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      warn(`Left out a damaged checkpoint: ${reason}`);
    }
  }
  return undefined;
}

async function read(folder: string, name: string): Promise<Stored> {
  const path = `${folder}/${name}`;
  const bytes = new Uint8Array(fs.readFileSync(path));
  const [expected] = fs.readFileSync(`${path}.sha256`, "utf8").split(" ");
  const found = await sha256(bytes);
  if (found !== expected) {
    throw new RangeError(
      `Expected ${path} to have SHA-256 ${expected} but found ${found}`,
    );
  }
  return await decode(bytes, path);
}

function encode(
  { checkpoint, metrics, making }: Stored,
): Uint8Array<ArrayBuffer> {
  const { step, tensors, state } = checkpoint;
  const head = { version: 2, step, metrics, making };
  const lowerbound = JSON.stringify({ ...head, state });
  return encodeSafetensors({ tensors, metadata: { lowerbound } });
}

async function decode(
  bytes: Uint8Array<ArrayBuffer>,
  path: string,
): Promise<Stored> {
  const { tensors, metadata } = await decodeSafetensors(bytes, path);
  const { step, metrics, making, state } = await parseJson(
    metadata["lowerbound"] ?? "",
    `the state in ${path}`,
    (z) =>
      z.object({
        version: z.literal(2),
        step: z.int().nonnegative(),
        metrics: z.object({
          position: z.int().nonnegative(),
          sha256: z.string(),
        }),
        making: z.object({
          settings: z.record(z.string(), z.json()),
          data: z.record(z.string(), z.string()),
          versions: z.record(z.string(), z.string()),
        }),
        state: z.json(),
      }),
  );
  return {
    checkpoint: { step, tensors, state: state as Json }, // `z.json` gives mutable JSON
    metrics,
    making: making as Making,
  };
}

function safeName(name: string): string {
  return encodeURIComponent(name).replace(/^\./, "%2E");
}

/** Newest first. */
function checkpointNames(folder: string): readonly string[] {
  return list(folder).map(({ name }) => name)
    .filter((name) => NAME.test(name))
    .sort((a, b) => stepOf(b) - stepOf(a));
}

function stepOf(name: string): number {
  return Number(NAME.exec(name)?.[1]);
}

/**
 * Removes all but the newest checkpoints up to `step`: later ones are damaged, parts are of a killed process. Files with
 * other names than those written here stay.
 */
function prune(folder: string, step: number): void {
  const kept = checkpointNames(folder)
    .filter((name) => stepOf(name) <= step).slice(0, KEPT)
    .flatMap((name) => [name, `${name}.sha256`]);
  for (const entry of list(folder)) {
    const written = partOf(entry.name) ?? entry.name;
    const isOurs = NAME.test(written) || CHECKSUM.test(written);
    if (entry.isFile() && isOurs && !kept.includes(entry.name)) {
      removeIfThere(`${folder}/${entry.name}`);
    }
  }
}

function list(folder: string): readonly fs.Dirent[] {
  try {
    return fs.readdirSync(folder, { withFileTypes: true });
  } catch (error) {
    if (codeOf(error) === "ENOENT") return [];
    throw error;
  }
}
