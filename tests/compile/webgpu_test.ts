import * as tf from "@tensorflow/tfjs";
import { assertEquals, assertMatch } from "@std/assert";
import { compile } from "../../compile/compile.ts";
import { findAdapter } from "../../compile/run/webgpu_adapter.ts";
import { assertNear, EPSILON } from "./agreement.ts";

const ignore = !await findAdapter();

Deno.test({
  name:
    "compile() trains on WebGPU as tfjs does, with tables, several steps a call, and shared variables",
  ignore, // there is no graphics adapter, not even one in software
  // The graphics device stays open until the process ends.
  sanitizeResources: false,
  sanitizeOps: false,
  fn: async () => {
    const tables = {
      images: {
        data: Uint8Array.from({ length: 24 }, (_, i) => i * 37 % 256),
        shape: [6, 4],
      },
    } as const;
    const inputs = {
      rows: { shape: [3], dtype: "int32" },
      learningRate: { shape: [] },
    } as const;
    const rows = Int32Array.of(0, 5, 2, 1, 1, 4);
    const results = [];
    for (const device of ["tfjs", "webgpu"] as const) {
      const weights = tf.variable(
        tf.tensor2d([0.1, -0.2, 0.3, 0.4, -0.5, 0.6, 0.7, -0.8], [4, 2]),
      );
      using step = await compile(({ rows, images, learningRate }) => {
        const x = tf.gather(images, rows).cast("float32").div(255);
        const { value, grads } = tf.variableGrads(
          () => tf.softplus(x.matMul(weights)).mean() as tf.Scalar,
          [weights],
        );
        weights.assign(weights.sub(grads[weights.name]!.mul(learningRate))); // one variable
        return { loss: value };
      }, { inputs, tables, device, stepsPerCall: 2 });
      using look = await compile(() => ({ sum: weights.sum() }), {
        inputs: {},
        device,
      });
      const { loss } = await step.run({ rows, learningRate: 0.5 });
      const { sum } = await look.run({});
      weights.assign(weights.mul(0)); // what is on the device is out of date
      const { sum: none } = await look.run({});
      assertEquals(none.item(), 0);
      await step.run({ rows, learningRate: 0.5 });
      await step.sync();
      results.push([...loss.data, sum.item(), ...weights.dataSync()]);
      weights.dispose();
    }
    // Few operations on numbers below 4, in other orders; exp and log of WebGPU are right to some units.
    assertNear("WebGPU", results[1]!, results[0]!, 64 * EPSILON);
  },
});

Deno.test({
  name: "compile() keeps an assign() that comes while WebGPU is at work",
  ignore,
  sanitizeResources: false,
  sanitizeOps: false,
  fn: async () => {
    const variable = tf.variable(tf.scalar(5));
    using count = await compile(() => {
      variable.assign(variable.add(1));
      return { value: variable.clone() as tf.Tensor };
    }, { inputs: {}, device: "webgpu" });
    await count.run({});
    const running = count.run({});
    for (let i = 0; i < 100; i++) await Promise.resolve(); // the step has read the 6
    variable.assign(tf.scalar(100));
    assertEquals((await running).value.item(), 7);
    assertEquals((await count.run({})).value.item(), 101);
    const syncing = count.sync();
    for (let i = 0; i < 3; i++) await Promise.resolve(); // it waits for the 101
    variable.assign(tf.scalar(200));
    await syncing;
    assertEquals(variable.dataSync()[0], 200);
    variable.dispose();
  },
});

Deno.test({
  name: "values of variables outlive the compiled function that made them",
  ignore, // as above
  sanitizeResources: false,
  sanitizeOps: false,
  fn: async () => {
    const count = tf.variable(tf.zeros([4]));
    const options = { inputs: {}, device: "webgpu" } as const;
    for (let i = 1; i <= 3; i++) {
      using step = await compile(() => {
        count.assign(count.add(1));
        return { first: count.slice(0, 1) };
      }, options);
      const { first } = await step.run({});
      assertEquals(first.item(), i);
    }
    using look = await compile(() => ({ sum: count.sum() }), options);
    assertEquals((await look.run({})).sum.item(), 12);
    count.dispose();
  },
});

Deno.test({
  name: "a lost graphics device ends in an error that says so",
  ignore, // as above
  fn: async () => {
    const probe = new URL("./lost_device_probe.ts", import.meta.url);
    const { stdout } = await new Deno.Command(Deno.execPath(), {
      args: ["run", "-q", "-P=test", "--no-prompt", probe.pathname],
    }).output();
    assertMatch(
      new TextDecoder().decode(stdout),
      /^CompileError: Cannot go on: the graphics device was lost/,
    );
  },
});
