/**
 * A small run, whose bytes are known, for faults of all kinds.
 * @module
 */
import fs from "node:fs";
import type { RunContext } from "../../pipelines/core/context.ts";
import { pipeline } from "../../pipelines/core/pipeline.ts";
import { fold } from "../../pipelines/core/random/key.ts";
import { normal } from "../../pipelines/core/random/normal.ts";
import { execute } from "../../pipelines/core/run/execute.ts";
import { readRecord } from "../../pipelines/core/run/run_record.ts";
import type { Summary } from "../../pipelines/core/run/summary.ts";
import { type Stage, stage } from "../../pipelines/core/stage.ts";

const STEPS = 5;
const SIZE = 8;

const walk: Stage<object, { readonly loss: number }> = stage("walk", {
  needs: [],
  adds: { loss: "what is left" },
}, async (_, { path, key, checkpoints, metrics }: RunContext) => {
  const found = await checkpoints.restore(path);
  const position = new Float32Array(SIZE);
  position.set(found?.tensors["position"]?.data ?? []);
  let loss = Number(found?.state ?? 0);
  for (let step = found?.step ?? 0; step < STEPS;) {
    const noise = normal(fold(key, step), SIZE);
    noise.forEach((value, i) => position[i]! += 0.1 * value); // as long
    loss = position.reduce((sum, value) => sum + value * value, 0);
    step++;
    metrics.record({ step, epoch: step / 2, values: { "train/loss": loss } });
    if (step % 2 === 1) continue;
    const tensors = { position: { shape: [SIZE], data: position.slice() } };
    await checkpoints.save(path, { step, tensors, state: loss });
  }
  return { loss };
});

const summarize: Stage<
  { readonly loss: number },
  { readonly summary: Summary }
> = stage("summarize", {
  needs: ["loss"],
  adds: { summary: "the loss" },
}, ({ loss }, { describe }) => {
  describe({ dataset: { name: "none", sha256: "0" } });
  return { summary: { "test/loss": loss } };
});

const draw: Stage<object, object> = stage("draw", {
  needs: [],
  adds: {},
}, async (_, { artifacts }) => {
  await artifacts.file("figures/loss.txt", "a figure");
  return {};
});

const run: Stage<object, { readonly summary: Summary }> = pipeline("small")
  .pipe(walk).pipe(summarize).pipe(draw).give("summary");

const ignore = () => {};
const progress = { stage: ignore, update: ignore, note: ignore, warn: ignore };

/** Starts the run in a folder, or goes on with it, as a person would after a fault. */
export async function goOn(folder: string): Promise<void> {
  const options = { seed: 3, device: "tfjs", threads: 1, progress } as const;
  const isBegun = fs.existsSync(`${folder}/run.json`);
  if (isBegun && (await readRecord(folder)).status === "finished") return;
  const place = isBegun ? { resume: folder } : { out: folder };
  await execute(run, {}, { ...options, ...place });
}

/** The bytes that two equal runs have in common. */
export function bytesOf(folder: string): readonly string[] {
  return ["metrics.jsonl", "summary.json"]
    .map((name) => fs.readFileSync(`${folder}/${name}`, "utf8"));
}
