/**
 * Stages that need not run again: a training whose settings, data, code and machine were all there before.
 * @module
 */
import type {
  Checkpoint,
  FollowedStage,
  Json,
  MetricRecord,
  RunContext,
  StageCache,
} from "../context.ts";
import { size } from "../size.ts";
import { settle } from "../task/settings_table.ts";
import type { FoundStage, KeptStages } from "./kept_stages.ts";
import { followOrigins, sha256Of } from "./origins.ts";

/** What a stage did so far in this run. */
interface Doings {
  /** Records of the stage. */
  readonly records: MetricRecord[];
  /** The last checkpoint, and how many records there were by then. */
  saved?: { readonly checkpoint: Checkpoint; readonly records: number };
  /** Whether all of it is known: not where it goes on from a checkpoint, or keeps several. */
  isWhole: boolean;
}

/**
 * Follows the stages of one run.
 *
 * The key of a stage is the SHA-256 of its path, its random key, the device and the threads, of every entry that it
 * declares to need (settings and data by content, models by what made them), and of what all stages share.
 *
 * @param kept Where finished stages are kept.
 * @param shared Digest of the code, the versions and the processor.
 * @returns The cache for this run.
 */
export function stageCache(kept: KeptStages, shared: string): StageCache {
  const origins = followOrigins();
  const told: Record<string, Json> = {};
  const keyOf = (
    stage: FollowedStage,
    input: object,
    { path, key, device, threads }: RunContext,
  ): string | undefined => {
    const settled = settle(stage.settings, input) as Readonly<
      Record<string, unknown>
    >; // entries have names
    const read = Object.fromEntries(
      stage.needs.map((name) => [name, settled[name]]),
    );
    const entries = origins.digest(read);
    if (entries === undefined) return undefined;
    const parts = [shared, path, key.words, device, threads, entries];
    return sha256Of(JSON.stringify(parts));
  };
  return {
    async run(stage, input, context, work) {
      const key = keyOf(stage, input, context);
      const read = stage.needs.map((name) =>
        (input as Readonly<Record<string, unknown>>)[name] // entries have names
      );
      const doings: Doings = { records: [], isWhole: true };
      const found = stage.cached && key ? await kept.find(key) : undefined;
      const tell = () => {
        if (found === undefined) return;
        const name = context.path.join(" > ");
        const { keptAt } = found;
        context.progress.warn(
          `"${name}" comes from the cache, where it was kept on ${
            keptAt.slice(0, 16).replace("T", " at ")
          } UTC, and does not run again; --no-cache runs it`,
        );
        told[name] = { key: key ?? "", keptAt };
        context.describe({ cached: { ...told } });
      };
      const watched = watch(doings, found, tell, context);
      let added: Awaited<ReturnType<typeof work>> | undefined;
      try {
        added = await work(watched);
      } finally {
        origins.learn(added && key, read, added ?? {}); // a stage that failed may have changed what it read
      }
      if (stage.cached && key && !found) await keep(key, doings, kept, context);
      return added;
    },
  };
}

/** The stage's context, which writes down what it does, and gives it what was found in place of a checkpoint. */
function watch(
  doings: Doings,
  found: FoundStage | undefined,
  tell: () => void,
  context: RunContext,
): RunContext {
  const { metrics, checkpoints, path } = context;
  const isOwn = (other: readonly string[]) =>
    other.join("/") === path.join("/");
  const record = (one: MetricRecord) => {
    doings.records.push(one);
    metrics.record(one);
  };
  return {
    ...context,
    metrics: { record },
    checkpoints: {
      ...checkpoints,
      async save(at, checkpoint) {
        await checkpoints.save(at, checkpoint);
        if (!isOwn(at)) doings.isWhole = false;
        doings.saved = { checkpoint, records: doings.records.length };
      },
      async restore(at) {
        const before = await checkpoints.restore(at);
        if (before !== undefined) doings.isWhole = false;
        if (before !== undefined || found === undefined || !isOwn(at)) {
          return before;
        }
        for (const one of found.records.slice(doings.records.length)) {
          record(one);
        }
        await checkpoints.save(at, found.checkpoint); // a copy: the run stays whole by itself
        tell();
        return found.checkpoint;
      },
    },
  };
}

async function keep(
  key: string,
  { records, saved, isWhole }: Doings,
  kept: KeptStages,
  { path, progress }: RunContext,
): Promise<void> {
  if (saved === undefined || !isWhole) return;
  const { checkpoint } = saved;
  try {
    const stage = {
      path,
      checkpoint,
      records: records.slice(0, saved.records),
    };
    const bytes = await kept.keep(key, stage);
    const name = path.join(" > ");
    progress.note(
      bytes === undefined
        ? `"${name}" is too large for the cache`
        : `"${name}" is in the cache (${size(bytes)})`,
    );
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    progress.note(`Cannot keep "${path.join(" > ")}" in the cache: ${reason}`);
  }
}
