/**
 * A small task that trains for real: it walks a vector to a target, with random noise and checkpoints.
 * @module
 */
import { existsSync } from "node:fs";
import type { RunContext } from "../../../../pipelines/core/context.ts";
import { pipeline } from "../../../../pipelines/core/pipeline.ts";
import { fold } from "../../../../pipelines/core/random/key.ts";
import { normal } from "../../../../pipelines/core/random/normal.ts";
import type { Summary } from "../../../../pipelines/core/run/summary.ts";
import { type Stage, stage } from "../../../../pipelines/core/stage.ts";
import {
  count,
  oneOf,
  real,
  text,
} from "../../../../pipelines/core/task/fields.ts";
import { main } from "../../../../pipelines/core/task/main.ts";
import { defineTask, type Task } from "../../../../pipelines/core/task/task.ts";

interface ToyConfig {
  readonly data: string;
  readonly epochs: number;
  readonly rate: number;
  /** Milliseconds that each step takes at least. */
  readonly pause: number;
  /** A file: while it is there, no step after the first ten is done. */
  readonly hold: string;
  readonly fault: "none" | "early" | "begin" | "throw" | "nan" | "drift";
}
interface Target {
  readonly target: Float32Array<ArrayBuffer>;
}
interface Fitted {
  readonly loss: number;
}

const SIZE = 64;
const STEPS_PER_EPOCH = 20;

const load: Stage<ToyConfig, Target> = stage("load", {
  needs: ["data", "fault"],
  adds: { target: "float32 [64]" },
}, ({ data, fault }, { key, metrics, describe }) => {
  if (fault === "early") throw new RangeError("Expected data");
  describe({ dataset: { name: data, sha256: `sum of ${data}` } });
  const drift = fault === "drift" ? performance.now() : 0;
  metrics.record({ step: 0, epoch: 0, values: { "load/size": SIZE + drift } });
  return { target: normal(key, SIZE) };
});

const fit: Stage<ToyConfig & Target, Fitted> = stage("fit", {
  needs: ["target", "epochs", "rate", "pause", "hold", "fault"],
  adds: { loss: "half the squared distance, per item" },
}, walk);

const polish: Stage<
  ToyConfig & Target & Fitted,
  { readonly polished: number }
> = stage("polish", {
  needs: ["target", "rate", "pause", "hold", "fault", "loss"],
  adds: { polished: "the loss after one more epoch" },
}, async (input, context) => {
  const { loss } = await walk({ ...input, epochs: 1 }, context);
  return { polished: loss + input.loss };
});

const report: Stage<
  Fitted & { readonly polished: number },
  { readonly summary: Summary }
> = stage("report", {
  needs: ["loss", "polished"],
  adds: { summary: "the losses" },
}, ({ loss, polished }) => ({
  summary: { "train/loss": loss, "test/loss": polished },
}));

type Walk = Omit<ToyConfig, "data"> & Target;

async function walk(
  { target, epochs, rate, pause, hold, fault }: Walk,
  context: RunContext,
): Promise<Fitted> {
  const { key, path, checkpoints, metrics, progress, signal } = context;
  const found = await checkpoints.restore(path);
  const stored = found?.tensors["position"]?.data ?? [];
  const position = new Float32Array(SIZE);
  position.set(stored);
  const steps = epochs * STEPS_PER_EPOCH;
  let loss = Number(found?.state ?? 0);
  let step = found?.step ?? 0;
  const save = async () => {
    const tensors = { position: { shape: [SIZE], data: position } };
    await checkpoints.save(path, { step, tensors, state: loss });
  };
  if (fault === "begin") {
    await save();
    throw new RangeError("Expected luck");
  }
  while (step < steps) {
    if (signal.aborted) await save();
    signal.throwIfAborted();
    if (fault === "throw" && step === 25) throw new RangeError("Expected luck");
    const noise = normal(fold(key, step), SIZE);
    loss = 0;
    for (let i = 0; i < SIZE; i++) {
      const gap = target[i]! - position[i]! + 0.1 * noise[i]!; // all of SIZE
      position[i] = position[i]! + rate * gap;
      loss += gap * gap / 2 / SIZE;
    }
    step++;
    const value = fault === "nan" && step === 7 ? NaN : loss;
    const epoch = step / STEPS_PER_EPOCH;
    metrics.record({ step, epoch, values: { "train/loss": value } });
    progress.update({ step, steps, items: 1, unit: "items", values: { loss } });
    if (step % 10 === 0) await save();
    await wait(pause);
    while (step > 10 && existsSync(hold) && !signal.aborted) await wait(20);
  }
  return { loss };
}

function wait(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}

export const task: Task = defineTask<ToyConfig>({
  name: "toy-task",
  about: "Walks a vector to a target.",
  flags: {
    epochs: count(5, "passes over the target", { smoke: 1 }),
    rate: real(0.1, "part of the way per step", { min: 0, max: 1 }),
    pause: count(0, "milliseconds that a step takes at least", { min: 0 }),
    hold: text("none", "a file; no step after ten while it is there"),
    fault: oneOf(
      ["none", "early", "begin", "throw", "nan", "drift"],
      "what goes wrong",
    ),
  },
  pipeline: pipeline<ToyConfig>("toy-task")
    .pipe(load).pipe(fit).pipe(polish).pipe(report).give("summary"),
  expected: new URL("toy_bands.json", import.meta.url),
});

if (import.meta.main) await main(task);
