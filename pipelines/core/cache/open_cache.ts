/**
 * The stage cache of this person's machine.
 * @module
 */
import { cacheFolder } from "../data/cache.ts";
import type { Json, StageCache } from "../context.ts";
import { deno } from "../runtime.ts";
import { keptStages } from "./kept_stages.ts";
import { processorName } from "./machine.ts";
import { sha256Of } from "./origins.ts";
import { sourceDigest } from "./source_digest.ts";
import { stageCache } from "./stage_cache.ts";

/**
 * Opens the cache in the folder `stages` of the package's cache folder, for one run.
 *
 * @param facts What is known of the device, such as the adapter.
 * @param warn Is told of damaged entries.
 * @returns The cache; undefined where its folder may not be written, or where code and processor cannot be known.
 */
export function openStageCache(
  facts: Readonly<Record<string, Json>>,
  warn: (text: string) => void,
): StageCache | undefined {
  const folder = writableFolder();
  const processor = processorName();
  const sources = sourceDigest();
  if (
    folder === undefined || processor === undefined || sources === undefined
  ) {
    return undefined;
  }
  const shared = sha256Of(JSON.stringify([1, processor, sources, facts]));
  return stageCache(keptStages(folder, warn), shared);
}

function writableFolder(): string | undefined {
  try {
    const folder = `${cacheFolder()}/stages`;
    const write = { name: "write", path: folder } as const;
    const state = deno?.permissions.querySync(write).state ?? "granted";
    return state === "granted" ? folder : undefined;
  } catch {
    return undefined; // there is no such folder
  }
}
