/**
 * The states of stages in `checkpoints/`, so that a killed run can go on.
 * @module
 */
import type { Checkpoint, Checkpoints, Json } from "../../context.ts";
import { sha256 } from "../../sha256.ts";
import { removeIfThere, writeAtomically } from "../atomic_file.ts";
import { parseJson } from "../parse_json.ts";
import { decodeSafetensors, encodeSafetensors } from "./safetensors.ts";

/** What checkpoints need to know of the run around them. */
export interface CheckpointHost {
  /** Minutes between checkpoints, beside those at each validation. */
  readonly everyMinutes: number;
  /** Bytes of `metrics.jsonl` so far, which are on the disk when this returns. */
  readonly position: () => number;
  /** Takes `metrics.jsonl` to the position it had at a checkpoint. */
  readonly goTo: (position: number) => void;
  /** Is told of a damaged checkpoint. */
  readonly warn: (text: string) => void;
}

/** A checkpoint as it was found. */
interface Stored {
  readonly checkpoint: Checkpoint;
  readonly position: number;
}

const KEPT = 3;
const NAME = /^step-(\d+)\.safetensors$/;

/**
 * Keeps the newest 3 checkpoints of each stage in a folder of its own, each with its SHA-256 beside it.
 *
 * @param root The folder, made where missing.
 * @param host The run around them.
 * @returns The checkpoints.
 */
export function checkpointFiles(
  root: string,
  host: CheckpointHost,
): Checkpoints {
  return {
    everyMinutes: host.everyMinutes,
    async save(path, checkpoint) {
      const folder = folderOf(root, path);
      const bytes = encode({ checkpoint, position: host.position() });
      const name = `step-${
        String(checkpoint.step).padStart(9, "0")
      }.safetensors`;
      const line = `${await sha256(bytes)}  ${name}\n`; // as `sha256sum -c` reads it
      writeAtomically(`${folder}/${name}.sha256`, line);
      writeAtomically(`${folder}/${name}`, bytes);
      prune(folder, checkpoint.step);
    },
    async restore(path) {
      const found = await newest(folderOf(root, path), host.warn);
      if (found !== undefined) host.goTo(found.position);
      return found?.checkpoint;
    },
  };
}

/**
 * Finds the furthest position of `metrics.jsonl` that an undamaged checkpoint remembers.
 *
 * @param root The folder of all checkpoints.
 * @returns Bytes; 0 without a checkpoint.
 */
export async function furthestPosition(root: string): Promise<number> {
  let furthest = (await newest(root, () => {}))?.position ?? 0; // `restore` warns
  for (const { name, isDirectory } of list(root)) {
    if (!isDirectory) continue;
    furthest = Math.max(furthest, await furthestPosition(`${root}/${name}`));
  }
  return furthest;
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
  const bytes = await Deno.readFile(path);
  const [expected] = (await Deno.readTextFile(`${path}.sha256`)).split(" ");
  const found = await sha256(bytes);
  if (found !== expected) {
    throw new RangeError(
      `Expected ${path} to have SHA-256 ${expected} but found ${found}`,
    );
  }
  return await decode(bytes, path);
}

function encode({ checkpoint, position }: Stored): Uint8Array<ArrayBuffer> {
  const { step, tensors, state } = checkpoint;
  const lowerbound = JSON.stringify({ version: 1, step, position, state });
  return encodeSafetensors({ tensors, metadata: { lowerbound } });
}

async function decode(
  bytes: Uint8Array<ArrayBuffer>,
  path: string,
): Promise<Stored> {
  const { tensors, metadata } = await decodeSafetensors(bytes, path);
  const { step, position, state } = await parseJson(
    metadata["lowerbound"] ?? "",
    `the state in ${path}`,
    (z) =>
      z.object({
        version: z.literal(1),
        step: z.int().nonnegative(),
        position: z.int().nonnegative(),
        state: z.json(),
      }),
  );
  return { checkpoint: { step, tensors, state: state as Json }, position }; // `z.json` gives mutable JSON
}

function folderOf(root: string, path: readonly string[]): string {
  const safe = path.map((name) =>
    encodeURIComponent(name).replace(/^\./, "%2E")
  );
  return [root, ...safe].join("/");
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

/** Removes all but the newest checkpoints up to `step`: later ones are damaged, parts are of a killed process. */
function prune(folder: string, step: number): void {
  const kept = checkpointNames(folder)
    .filter((name) => stepOf(name) <= step).slice(0, KEPT)
    .flatMap((name) => [name, `${name}.sha256`]);
  for (const { name, isFile } of list(folder)) {
    if (isFile && !kept.includes(name)) removeIfThere(`${folder}/${name}`);
  }
}

function list(folder: string): readonly Deno.DirEntry[] {
  try {
    return [...Deno.readDirSync(folder)];
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return [];
    throw error;
  }
}
