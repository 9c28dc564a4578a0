import * as tf from "@tensorflow/tfjs";
import { assertEquals, assertRejects } from "@std/assert";
import { compile } from "../../compile/compile.ts";
import { CompileError } from "../../compile/compile_error.ts";
import { exportOnnx } from "../../compile/export.ts";

const inputs = { x: { shape: [8] } } as const;

type Fn = (
  t: { readonly x: tf.Tensor1D },
) => Readonly<Record<string, tf.Tensor>>;

async function refuses(fn: Fn, message: string): Promise<void> {
  for (let i = 0; i < 5; i++) { // randomness may go either way
    await assertRejects(
      () => compile(fn, { inputs, device: "cpu" }),
      CompileError,
      message,
    );
  }
  await assertRejects(() => exportOnnx(fn, { inputs }), CompileError, message);
}

const at = (n: number) => Math.floor(Math.random() * n);

const RANDOM: Readonly<Record<string, Fn>> = {
  "a flip": ({ x }) => ({ y: Math.random() < 0.5 ? x.reverse() : x.mul(1) }),
  "a flip that is seldom": ({ x }) => ({
    y: Math.random() < 1e-9 ? x.reverse() : x.mul(1),
  }),
  "a crop": ({ x }) => ({ y: x.slice([at(4)], [4]) }),
  "a shift": ({ x }) => ({
    y: tf.concat([x.slice([2]), x.slice([0], [2])]).pad([[at(2), 1]]).slice(
      [0],
      [8],
    ),
  }),
  "an order": ({ x }) => ({
    y: tf.stack([x, x.neg()]).transpose(Math.random() < 0.5 ? [0, 1] : [1, 0])
      .reshape([16]),
  }),
  "a layer left out": ({ x }) => ({ y: Math.random() < 0.9 ? x.relu() : x }),
  "which input": ({ x }) => ({ y: [x, x.mul(2)][at(2)]! }),
  "a shuffle": ({ x }) => {
    const order = [0, 1, 2, 3, 4, 5, 6, 7];
    tf.util.shuffle(order);
    return { y: tf.gather(x, tf.tensor1d(order, "int32")) };
  },
};

for (const [name, fn] of Object.entries(RANDOM)) {
  Deno.test(`compile() refuses randomness that decides the graph: ${name}`, async () => {
    await refuses(fn, "Cannot compile");
  });
}

Deno.test("compile() refuses a source of random numbers by name", async () => {
  await refuses(
    RANDOM["a flip that is seldom"]!,
    "a function that calls Math.random(): what it decides would be the same at every run",
  );
  const bytes = () => crypto.getRandomValues(new Uint8Array(1))[0]!;
  await refuses(
    ({ x }) => ({ y: bytes() < 256 ? x.mul(1) : x.neg() }),
    "a function that calls crypto.getRandomValues()",
  );
  const [draw, fill] = [Math.random, crypto.getRandomValues];
  assertEquals([Math.random, crypto.getRandomValues], [draw, fill]);
  assertEquals(Object.hasOwn(crypto, "getRandomValues"), false);
});

Deno.test("compile() takes random numbers that a variable starts with", async () => {
  let weight: tf.Variable | undefined;
  using step = await compile(({ x }) => {
    weight ??= tf.variable(tf.randomNormal([8]));
    return { y: x.mul(weight) };
  }, { inputs, device: "cpu" });
  const { y } = await step.run({ x: new Float32Array(8).fill(1) });
  assertEquals(y.data, weight!.dataSync() as Float32Array);
  weight!.dispose();
});

/** Functions that do something else at every second call. */
const CHANGING: Readonly<
  Record<string, (isOdd: boolean, x: tf.Tensor1D) => tf.Tensor>
> = {
  "an operation": (isOdd, x) => isOdd ? x.neg() : x.abs(),
  "the bounds of a slice": (isOdd, x) => x.slice([isOdd ? 1 : 0], [4]),
  "an axis": (isOdd, x) => tf.cumsum(x.reshape([2, 2, 2]), isOdd ? 0 : 1),
  "a flag": (isOdd, x) => tf.cumsum(x, 0, isOdd),
  "a slope": (isOdd, x) => tf.leakyRelu(x, isOdd ? 0.1 : 0.2),
  "a known number": (isOdd, x) => x.mul(isOdd ? 2 : 3),
  "a number in a fill": (isOdd, x) => x.mul(tf.fill([8], isOdd ? 2 : 3)),
  "a padding": (isOdd, x) => x.pad([isOdd ? [0, 1] : [1, 0]]),
  "a value of a padding": (isOdd, x) => x.pad([[0, 1]], isOdd ? 2 : 3),
  "the order of two operands": (isOdd, x) =>
    isOdd ? x.sub(x.square()) : x.square().sub(x),
  "which of several results": (isOdd, x) => tf.split(x, 2)[isOdd ? 0 : 1]!,
  "a bound": (isOdd, x) => x.clipByValue(0, isOdd ? 1 : 2),
};

for (const [name, fn] of Object.entries(CHANGING)) {
  Deno.test(`compile() refuses what changes from call to call: ${name}`, async () => {
    let calls = 0;
    await refuses(
      ({ x }) => ({ y: fn(calls++ % 2 === 1, x) }),
      "Cannot compile",
    );
  });
}

Deno.test("compile() names the output or variable that changes from call to call", async () => {
  let calls = 0;
  await refuses(
    ({ x }) => ({ steady: x.neg(), y: calls++ % 2 ? x.neg() : x.abs() }),
    'computes output "y" in another way at every call',
  );
  await refuses(
    ({ x }) => (calls++ % 2 ? { y: x.neg() } : { y: x.neg(), z: x.abs() }),
    'computes output "z" in another way at every call',
  );
  await refuses(
    ({ x }) => (calls++ % 2 ? { y: x.neg(), z: x.abs() } : { y: x.neg() }),
    'computes output "z" in another way at every call',
  );
  const variable = tf.variable(tf.zeros([8]), true, "state");
  await assertRejects(
    () =>
      compile(({ x }) => {
        if (calls++ % 2) variable.assign(variable.add(x));
        return { y: x.neg() };
      }, { inputs, device: "cpu" }),
    CompileError,
    'computes variable "state" in another way at every call',
  );
  variable.dispose();
});

/** Optimizers of tfjs, and a setting of each. */
const SETTINGS: Readonly<
  Record<string, readonly [() => tf.Optimizer, string]>
> = {
  sgd: [() => tf.train.sgd(0.1), "learningRate"],
  "momentum's rate": [() => tf.train.momentum(0.1, 0.9), "learningRate"],
  momentum: [() => tf.train.momentum(0.1, 0.9), "momentum"],
  nesterov: [() => tf.train.momentum(0.1, 0.9, true), "useNesterov"],
  adam: [() => tf.train.adam(0.1), "learningRate"],
  "adam's beta1": [() => tf.train.adam(0.1), "beta1"],
  "adam's beta2": [() => tf.train.adam(0.1), "beta2"],
  "adam's epsilon": [() => tf.train.adam(0.1), "epsilon"],
  adamax: [() => tf.train.adamax(0.1), "learningRate"],
  adagrad: [() => tf.train.adagrad(0.1), "learningRate"],
  adadelta: [() => tf.train.adadelta(0.1), "rho"],
  rmsprop: [() => tf.train.rmsprop(0.1), "learningRate"],
  "rmsprop's decay": [() => tf.train.rmsprop(0.1), "decay"],
};

for (const [name, [create, setting]] of Object.entries(SETTINGS)) {
  Deno.test(`run() refuses a setting of an optimizer that changed after compile(): ${name}`, async () => {
    const weight = tf.variable(tf.scalar(1));
    const optimizer = create();
    using step = await compile(({ x }) => {
      const loss = () => weight.mul(x).sum() as tf.Scalar;
      const { value, grads } = tf.variableGrads(loss, [weight]);
      optimizer.applyGradients(grads);
      return { value };
    }, { inputs, device: "cpu" });
    const x = new Float32Array(8).fill(1);
    await step.run({ x });
    await step.run({ x });
    await step.sync();
    const before = weight.dataSync()[0];
    const settings = optimizer as unknown as Record<string, unknown>; // protected, but set by its users
    const old = settings[setting];
    const changed = typeof old === "boolean" ? !old : 0.25;
    settings[setting] = changed;
    await assertRejects(
      () => step.run({ x }),
      CompileError,
      `Expected ${setting} of the optimizer ${optimizer.getClassName()} to stay ${old} but found ${changed}`,
    );
    await step.sync();
    assertEquals(weight.dataSync()[0], before);
    settings[setting] = old;
    await step.run({ x });
    weight.dispose();
    optimizer.dispose();
  });
}

Deno.test("setLearningRate() after compile() works eagerly, and is refused in a graph", async () => {
  for (const device of ["tfjs", "cpu"] as const) {
    const weight = tf.variable(tf.scalar(1));
    const optimizer = tf.train.sgd(0.1) as tf.SGDOptimizer;
    using step = await compile(({ x }) => {
      optimizer.minimize(() => weight.mul(x).sum() as tf.Scalar, false, [
        weight,
      ]);
      return { weight: weight.clone() };
    }, { inputs: { x: { shape: [] } }, device });
    await step.run({ x: 1 });
    optimizer.setLearningRate(0);
    if (device === "tfjs") {
      assertEquals((await step.run({ x: 1 })).weight.item(), Math.fround(0.9));
    } else {await assertRejects(
        () => step.run({ x: 1 }),
        CompileError,
        "learningRate",
      );}
    weight.dispose();
  }
});
