import * as tf from "@tensorflow/tfjs";
import { assertEquals, assertRejects } from "@std/assert";
import { compile } from "../../compile/compile.ts";
import type { Device, Step } from "../../compile/types.ts";

const DEVICES: readonly Device[] = ["cpu", "tfjs"];

type Counter = Step<
  Record<never, never>,
  { value: tf.Tensor },
  Record<never, never>
>;

/** A function that adds one to a variable, and one that only reads it. */
async function counters(
  variable: tf.Variable,
  device: Device,
): Promise<{ readonly count: Counter; readonly look: Counter } & Disposable> {
  const count = await compile(() => {
    variable.assign(variable.add(1));
    return { value: variable.clone() as tf.Tensor };
  }, { inputs: {}, device });
  const look = await compile(() => ({ value: variable.mul(1) as tf.Tensor }), {
    inputs: {},
    device,
  });
  return {
    count,
    look,
    [Symbol.dispose]: () => {
      count.dispose();
      look.dispose();
    },
  };
}

async function valueOf(step: Counter): Promise<number> {
  return (await step.run({})).value.item();
}

for (const device of DEVICES) {
  Deno.test(`compile() shares variables between functions on ${device}`, async () => {
    const variable = tf.variable(tf.scalar(5));
    using steps = await counters(variable, device);
    assertEquals(await valueOf(steps.count), 6);
    assertEquals(await valueOf(steps.count), 7);
    assertEquals(await valueOf(steps.look), 7);
    await steps.look.sync();
    assertEquals(variable.dataSync()[0], 7);
    assertEquals(await valueOf(steps.count), 8);
    variable.dispose();
  });

  Deno.test(`compile() sees an assign() from outside on ${device}, also of a value it had before`, async () => {
    const variable = tf.variable(tf.scalar(5));
    using steps = await counters(variable, device);
    const saved = variable.clone();
    assertEquals(await valueOf(steps.count), 6);
    for (const _ of [1, 2]) {
      variable.assign(saved);
      assertEquals(await valueOf(steps.look), 5);
      assertEquals(await valueOf(steps.count), 6);
    }
    await steps.count.sync();
    const later = variable.clone();
    assertEquals(await valueOf(steps.count), 7);
    variable.assign(later);
    assertEquals(await valueOf(steps.look), 6);
    tf.dispose([saved, later, variable]);
  });
}

for (const device of DEVICES) {
  Deno.test(`compile() reads what a variable holds as what it is on ${device}, also of a cast tensor`, async () => {
    const made = tf.variable(tf.tensor1d([1, 2], "int32"), true, "", "float32");
    const assigned = tf.variable(tf.zeros([2]));
    assigned.assign(tf.tensor1d([3, 4], "int32").cast("float32"));
    const flags = tf.variable(tf.tensor1d([true, false], "bool").cast("int32"));
    using look = await compile(() => ({
      sum: made.add(assigned).add(flags.cast("float32")),
    }), { inputs: {}, device });
    assertEquals([...(await look.run({})).sum.data], [5, 6]);
    tf.dispose([made, assigned, flags]);
  });
}

Deno.test("dispose() lets a call that is on its way come to its end", async () => {
  const variable = tf.variable(tf.scalar(5));
  const { count, look } = await counters(variable, "cpu");
  const running = [valueOf(count), valueOf(count)];
  count.dispose();
  assertEquals(await Promise.all(running), [6, 7]);
  assertEquals(await valueOf(look), 7);
  look.dispose();
  variable.dispose();
});

Deno.test("compile() carries state from one device to another", async () => {
  const variable = tf.variable(tf.scalar(0));
  using native = await counters(variable, "cpu");
  using eager = await counters(variable, "tfjs");
  assertEquals(await valueOf(native.count), 1);
  assertEquals(await valueOf(eager.count), 2);
  assertEquals(await valueOf(native.count), 3);
  assertEquals(await valueOf(eager.look), 3);
  variable.dispose();
});

Deno.test("compile() refuses memory that was given away while a call waited for its turn", async () => {
  const inputs = { x: { shape: [3] } } as const;
  const table = { data: Int32Array.of(1, 2, 3), shape: [3] } as const;
  using step = await compile(
    ({ x, table }) => ({ sum: x.add(table.cast("float32")).sum() }),
    { inputs, tables: { table }, device: "cpu" },
  );
  const x = Float32Array.of(1, 2, 3);
  const running = step.run({ x });
  structuredClone(x.buffer, { transfer: [x.buffer] });
  await assertRejects(() => running, TypeError, "detached");
  const { sum } = await step.run({ x: Float32Array.of(4, 5, 6) });
  assertEquals(sum.item(), 21);
  structuredClone(table.data.buffer, { transfer: [table.data.buffer] });
  await assertRejects(() => step.run({ x: Float32Array.of(4, 5, 6) }));
});

Deno.test("compile() writes a variable that the function never reads", async () => {
  const variable = tf.variable(tf.zeros([2]));
  using step = await compile(({ x }) => {
    variable.assign(x.mul(2));
    return { sum: x.sum() };
  }, { inputs: { x: { shape: [2] } }, device: "cpu", stepsPerCall: 2 });
  await step.run({ x: Float32Array.of(1, 2, 3, 4) });
  await step.sync();
  assertEquals([...variable.dataSync()], [6, 8]);
  variable.dispose();
});

Deno.test("compile() makes an optimizer's slots when tracing, once", async () => {
  const variable = tf.variable(tf.tensor1d([1, 2]));
  const optimizer = tf.train.momentum(0.5, 0.9);
  const start = variable.dataSync().slice();
  const results = [];
  for (const device of DEVICES) {
    tf.tidy(() => variable.assign(tf.tensor1d(start)));
    const own = device === "cpu" ? optimizer : tf.train.momentum(0.5, 0.9);
    using step = await compile(({ x }) => {
      const { value, grads } = tf.variableGrads(
        () => variable.mul(x).square().sum() as tf.Scalar,
        [variable],
      );
      own.applyGradients(
        Object.entries(grads).map(([name, tensor]) => ({ name, tensor })),
      );
      return { value };
    }, { inputs: { x: { shape: [2] } }, device });
    for (let i = 0; i < 3; i++) {
      await step.run({ x: Float32Array.of(0.5, 0.25) });
    }
    await step.sync();
    results.push([...variable.dataSync()]);
  }
  assertEquals(results[0], results[1]);
  variable.dispose();
});

Deno.test("compile() keeps the event loop turning between the parts of a long call", async () => {
  const matrix = tf.variable(
    tf.randomUniform([200, 200], -0.05, 0.05, "float32", 1),
  );
  using step = await compile(() => {
    let product: tf.Tensor = matrix;
    for (let i = 0; i < 20; i++) product = product.matMul(matrix);
    return { sum: product.sum() };
  }, { inputs: {}, device: "cpu", stepsPerCall: 50, threads: 1 });
  await step.run({});
  const start = performance.now();
  let turns = 0;
  const timer = setInterval(() => turns++, 1);
  await step.run({});
  clearInterval(timer);
  const elapsed = performance.now() - start;
  // A part takes about 100 ms: at the very least one turn for each 200 ms, where the machine keeps its pace for seconds.
  assertEquals(
    turns >= Math.min(Math.floor(elapsed / 200), 8),
    true,
    `${turns} turns in ${elapsed} ms`,
  );
  matrix.dispose();
});
