import { assertEquals, assertThrows } from "@std/assert";
import { memoryRun } from "../../../../pipelines/core/run/memory_run.ts";

const record = (step: number) => ({ step, epoch: step, values: { kl: step } });

Deno.test("memoryRun() goes back to its newest checkpoint, metrics too", async () => {
  const run = memoryRun();
  const data = new Float32Array([1, 2]);
  const checkpoint = {
    step: 1,
    tensors: { w: { shape: [2], data } },
    state: { best: [1] },
  };
  run.metrics.record(record(1));
  await run.checkpoints.save(["a", "b"], checkpoint);
  data.fill(9); // training goes on with the same array
  run.metrics.record(record(2));
  const found = await run.checkpoints.restore(["a", "b"]);
  assertEquals(found?.tensors["w"]?.data, new Float32Array([1, 2]));
  assertEquals(found?.state, { best: [1] });
  assertEquals(run.records, [record(1)]);
  assertEquals(await run.checkpoints.restore(["a"]), undefined);
});

Deno.test("memoryRun() refuses the records that a folder would refuse", () => {
  const { metrics } = memoryRun();
  assertThrows(
    () => metrics.record({ step: 2, epoch: 1, values: { kl: NaN } }),
    RangeError,
    "Expected a finite kl but found NaN at step 2",
  );
});

Deno.test("memoryRun() keeps facts, figures and files", async () => {
  const run = memoryRun();
  const figure = { name: "elbo", png: new Uint8Array(), svg: "", spec: {} };
  run.describe({ dataset: "digits" });
  run.describe({ adapter: "none" });
  await run.artifacts.figure(figure);
  await run.artifacts.file("notes.txt", "text");
  assertEquals(run.facts, { dataset: "digits", adapter: "none" });
  assertEquals(run.figures.get("elbo"), figure);
  assertEquals(run.files.get("notes.txt"), "text");
});
