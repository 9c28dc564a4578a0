import * as tf from "@tensorflow/tfjs";
import { assert, assertEquals, assertRejects } from "@std/assert";
import type {
  Moment,
  Progress,
  RunContext,
} from "../../../pipelines/core/context.ts";
import { pipeline } from "../../../pipelines/core/pipeline.ts";
import { decodeSafetensors } from "../../../pipelines/core/run/checkpoints/safetensors.ts";
import { execute } from "../../../pipelines/core/run/execute.ts";
import { memoryRun } from "../../../pipelines/core/run/memory_run.ts";
import { type Stage, stage } from "../../../pipelines/core/stage.ts";
import { StageError } from "../../../pipelines/core/stage_error.ts";
import type { Training } from "../../../pipelines/training/training.ts";
import { type Fit, train } from "../../../pipelines/training/fit.ts";

/** A weight that grows by 1 at each update; its validation value is best at 6. */
interface Toy {
  readonly fit: Fit;
  readonly weight: tf.Variable;
  readonly calls: [step: number, count: number][];
}

async function withToy(
  changes: Partial<Fit>,
  use: (toy: Toy) => Promise<void>,
): Promise<void> {
  const weight = tf.variable(tf.scalar(0));
  const calls: [number, number][] = [];
  const fit: Fit = {
    steps: 20,
    stepsPerEpoch: 4,
    recordEvery: 3,
    items: { perStep: 1, unit: "images" },
    weights: { weight },
    slots: {},
    sync: () => Promise.resolve(),
    update: (step, count) => {
      calls.push([step, count]);
      weight.assign(weight.add(count));
      return Promise.resolve({ "train/elbo": step });
    },
    validateEvery: 4,
    validate: async () => {
      const [value] = await weight.data();
      return { "validation/elbo": -Math.abs(value! - 6) };
    },
    best: "validation/elbo",
    patience: 0,
    snapshotSteps: [0, 5],
    ...changes,
  };
  try {
    await use({ fit, weight, calls });
  } finally {
    weight.dispose();
  }
}

function trains(fit: Fit): Stage<object, { readonly training: Training }> {
  return stage("train", { needs: [], adds: { training: "" } }, async (
    _: object,
    context: RunContext,
  ) => ({ training: await train(fit, context) }));
}

Deno.test("train() stops for records, validations and snapshots, and nowhere else", async () => {
  await withToy({ steps: 9 }, async ({ fit, calls }) => {
    await execute(trains(fit), {}, { seed: 0 });
    assertEquals(calls, [[0, 3], [3, 1], [4, 1], [5, 1], [6, 2], [8, 1]]);
  });
});

Deno.test("train() takes the lowest value for the best where told", async () => {
  await withToy({ bestIs: "lowest" }, async ({ fit, weight }) => {
    const { training } = await execute(trains(fit), {}, { seed: 0 });
    assertEquals([...await weight.data()], [20]); // furthest from 6
    assertEquals(training.bestStep, 20);
  });
});

Deno.test("train() ends its progress with the best of all validations", async () => {
  await withToy({ steps: 4 }, async ({ fit }) => {
    const told: Moment[] = [];
    const nothing = () => {};
    const progress: Progress = {
      stage: nothing,
      update: (moment) => void told.push(moment),
      note: nothing,
      warn: nothing,
    };
    await execute(trains(fit), {}, { seed: 0, progress });
    assertEquals(told.map(({ items, values }) => [items, values]), [
      [3, { elbo: 0, "best validation/elbo": -6 }],
      [1, { elbo: 3, "best validation/elbo": -6 }],
      [0, { elbo: 3, "best validation/elbo": -2 }],
    ]);
  });
});

Deno.test("train() restores the weights of the best validation", async () => {
  await withToy({}, async ({ fit, weight }) => {
    const { training } = await execute(trains(fit), {}, { seed: 0 });
    assertEquals([...await weight.data()], [4]); // validated at 0, 4, 8, ...; 4 and 8 are as good
    assertEquals([training.steps, training.bestStep], [20, 4]);
    const kept = training.snapshots.map(({ step, weights }) => [
      step,
      weights["weight"]!.data[0],
    ]);
    assertEquals(kept, [[0, 0], [5, 5]]);
  });
});

Deno.test("train() stops early when validation has not improved for long enough", async () => {
  await withToy({ patience: 2 }, async ({ fit }) => {
    const { training } = await execute(trains(fit), {}, { seed: 0 });
    assertEquals([training.steps, training.bestStep], [12, 4]);
  });
});

Deno.test("train() refuses a measurement that is not finite, naming it and the step", async () => {
  const update = () => Promise.resolve({ "train/elbo": NaN });
  await withToy({ update }, async ({ fit }) => {
    await assertRejects(
      () => execute(trains(fit), {}, { seed: 0 }),
      StageError,
      "Expected a finite train/elbo but found NaN at step 3",
    );
  });
});

Deno.test("train() goes on from its newest checkpoint as if it had never stopped", async () => {
  const store = memoryRun();
  let whole: unknown;
  await withToy({}, async ({ fit }) => {
    whole = (await execute(trains(fit), {}, { seed: 0 })).training;
  });
  const killed = new Error("killed");
  await withToy({}, async ({ fit }) => {
    const update: Fit["update"] = (step, count) => {
      if (step >= 9) throw killed;
      return fit.update(step, count);
    };
    await assertRejects(() =>
      execute(trains({ ...fit, update }), {}, { seed: 0, store })
    );
  });
  await withToy({}, async ({ fit, calls, weight }) => {
    const { training } = await execute(trains(fit), {}, { seed: 0, store });
    assertEquals<unknown>(training, whole);
    assertEquals(calls[0], [8, 1]);
    assertEquals([...await weight.data()], [4]);
  });
});

for (const where of ["update", "validate"] as const) {
  for (const at of [1, 3, 4, 5]) {
    Deno.test(`train() that is aborted in the ${at}th ${where} goes on from that very step`, async () => {
      const plain = memoryRun();
      let whole: unknown;
      await withToy({}, async ({ fit }) => {
        whole = (await execute(trains(fit), {}, { seed: 0, store: plain }))
          .training;
      });
      const store = memoryRun();
      const aborting = new AbortController();
      const { signal } = aborting;
      let calls = 0;
      let reached = 0;
      await withToy({}, async ({ fit }) => {
        const update: Fit["update"] = async (step, count) => {
          const values = await fit.update(step, count);
          reached = step + count;
          if (where === "update" && ++calls === at) aborting.abort();
          return values;
        };
        const validate: Fit["validate"] = () => {
          if (where === "validate" && ++calls > at) { // the first is before any update
            aborting.abort();
            signal.throwIfAborted();
          }
          return fit.validate();
        };
        const one = trains({ ...fit, update, validate });
        await assertRejects(
          () => execute(one, {}, { seed: 0, store, signal }),
          DOMException,
        );
      });
      if (reached === 0) return;
      await withToy({}, async ({ fit, calls, weight }) => {
        const { training } = await execute(trains(fit), {}, { seed: 0, store });
        assertEquals<unknown>(training, whole);
        assertEquals(calls[0]?.[0] ?? 20, reached);
        assertEquals([...await weight.data()], [4]);
        assertEquals(store.records, plain.records);
      });
    });
  }
}

Deno.test("train() calls its hooks after each record and each validation, with what was measured", async () => {
  const told: (readonly [string, number, object])[] = [];
  let synced = 0;
  const hooks = {
    onStep: (step: number, values: object) =>
      void told.push(["step", step, values]),
    onValidation: (step: number, values: object) => {
      assert(synced > 0); // the variables hold the newest values
      told.push(["validation", step, values]);
    },
  };
  const sync = () => Promise.resolve(void synced++);
  await withToy({ steps: 4, hooks, sync }, async ({ fit }) => {
    await execute(trains(fit), {}, { seed: 0, device: "tfjs" });
  });
  assertEquals(told, [
    ["validation", 0, { "validation/elbo": -6 }],
    ["step", 3, { "train/elbo": 0 }],
    ["step", 4, { "train/elbo": 3 }],
    ["validation", 4, { "validation/elbo": -2 }],
  ]);
});

Deno.test("train() leaves the best weights in a file, and what it was told of them", async () => {
  const store = memoryRun();
  await withToy({ told: { rows: "2" } }, async ({ fit }) => {
    await execute(trains(fit), {}, { seed: 0, device: "tfjs", store });
  });
  const bytes = store.files.get("model/weights.safetensors");
  const found = await decodeSafetensors(bytes as Uint8Array<ArrayBuffer>, "a");
  assertEquals(found.metadata["rows"], "2");
  const { weight } = found.tensors;
  assert([4, 8].includes(weight!.data[0]!)); // the best validations: |4 - 6| = |8 - 6|
});

Deno.test("train() leaves no file of weights where a run has many trainings", async () => {
  const store = memoryRun();
  await withToy({}, async ({ fit }) => {
    const many = pipeline<object>("many")
      .pipe(pipeline<object>("one").pipe(trains(fit)));
    await execute(many, {}, { seed: 0, device: "tfjs", store });
  });
  assertEquals([...store.files.keys()], []);
});
