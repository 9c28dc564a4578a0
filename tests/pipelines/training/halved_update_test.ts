import * as tf from "@tensorflow/tfjs";
import { assert, assertEquals, assertRejects } from "@std/assert";
import { CompileError } from "../../../compile/compile_error.ts";
import type { Device } from "../../../compile/types.ts";
import { valueAndGradients } from "../../../models/gradients/value_and_gradients.ts";
import { adam } from "../../../models/optimizers/adam.ts";
import type { Optimizer } from "../../../models/optimizers/optimizer.ts";
import { sgd } from "../../../models/optimizers/sgd.ts";
import {
  compileHalvedUpdate,
  type HalvedUpdate,
} from "../../../pipelines/training/halved_update.ts";

const inputs = { x: { shape: [4, 3] }, y: { shape: [4] } } as const;
type Tensors = Readonly<Record<keyof typeof inputs, tf.Tensor>>;
type Update = HalvedUpdate<typeof inputs>;

/** Whole numbers: all sums are exact in float32, in any order. */
const batches = [
  {
    x: Float32Array.of(1, 2, 0, -1, 3, 1, 0, 1, 2, 2, -2, 1),
    y: Float32Array.of(3, -1, 2, 4),
  },
  {
    x: Float32Array.of(0, 1, 1, 2, 0, -1, 1, 1, 1, -2, 1, 0),
    y: Float32Array.of(1, 0, -3, 2),
  },
];
const RATE = 0.25;

/** Mean squared error of a linear map with a bias. */
interface Line {
  readonly variables: {
    readonly weight: tf.Variable;
    readonly bias: tf.Variable;
  };
  readonly loss: (tensors: Tensors) => tf.Scalar;
}

function line(): Line {
  const weight = tf.variable(tf.zeros([3, 1]));
  const bias = tf.variable(tf.zeros([1]));
  return {
    variables: { weight, bias },
    loss: ({ x, y }) =>
      x.matMul(weight).add(bias).squeeze([1]).sub(y).square().mean<tf.Scalar>(),
  };
}

function halved(
  { variables, loss }: Line,
  optimizer: Optimizer,
  device: Device = "cpu",
  threads = 2,
): Promise<Update> {
  return compileHalvedUpdate(loss, { inputs, variables, optimizer }, {
    device,
    threads,
  });
}

/** Numbers of all variables of a model and its optimizer. */
function numbersOf({ variables }: Line, { slots }: Optimizer) {
  return [...Object.values(variables), ...Object.values(slots)]
    .map((variable) => [...variable.dataSync()]);
}

async function losses(update: Update): Promise<readonly number[]> {
  const found = await Promise.all(batches.map((one) => update.run(one, RATE)));
  await update.sync();
  return found;
}

const settings = [["cpu", 1], ["cpu", 2], ["tfjs", 1]] as const;
for (const [device, threads] of settings) {
  Deno.test(`an update in halves is that of the whole batch: ${device}, ${threads} threads`, async () => {
    const [expected, found] = [line(), line()];
    using reference = sgd(expected.variables, { momentum: 0.5 });
    using optimizer = sgd(found.variables, { momentum: 0.5 });
    const wholes = batches.map(({ x, y }) => {
      const step = valueAndGradients(
        () => expected.loss({ x: tf.tensor2d(x, [4, 3]), y: tf.tensor1d(y) }),
        expected.variables,
      );
      reference.apply(step.gradients, tf.scalar(RATE));
      return step.value.dataSync()[0]!; // a scalar
    });
    using update = await halved(found, optimizer, device, threads);
    assertEquals(await losses(update), wholes);
    assertEquals(
      numbersOf(found, optimizer),
      numbersOf(expected, reference),
    );
  });
}

Deno.test("an update in halves depends on the variables and what it is fed alone", async () => {
  const [through, resumed] = [line(), line()];
  using optimizer = adam(through.variables);
  using again = adam(resumed.variables);
  using update = await halved(through, optimizer);
  await update.run(batches[0]!, RATE);
  await update.sync();
  const state = numbersOf(through, optimizer);
  const all = [
    ...Object.values(resumed.variables),
    ...Object.values(again.slots),
  ];
  all.forEach((variable, i) =>
    variable.assign(tf.tensor(state[i]!, variable.shape)) // as many
  );
  using later = await halved(resumed, again);
  for (const one of [update, later]) {
    await one.run(batches[1]!, RATE);
    await one.sync();
  }
  assertEquals(numbersOf(resumed, again), numbersOf(through, optimizer));
});

Deno.test("an update in halves refuses what has no halves", async () => {
  const { variables, loss } = line();
  using optimizer = sgd(variables);
  const refused = (inputs: Record<string, { shape: readonly number[] }>) =>
    assertRejects(
      () =>
        compileHalvedUpdate(
          (fed) => loss(fed as unknown as Tensors),
          { inputs, variables, optimizer },
          { device: "cpu", threads: 2 },
        ),
      RangeError,
      "Expected a first axis of one even length in all inputs but found input",
    );
  await refused({ x: { shape: [5, 3] }, y: { shape: [5] } });
  await refused({ x: { shape: [4, 3] }, y: { shape: [6] } });
  await refused({ x: { shape: [4, 3] }, y: { shape: [4] }, z: { shape: [] } });
  using update = await halved({ variables, loss }, optimizer);
  await assertRejects(
    () => update.run({ ...batches[0]!, y: new Float32Array(3) }, RATE),
    RangeError,
    'Expected 4 numbers for input "y" of shape [4] but found 3',
  );
});

Deno.test("an update in halves refuses a loss that is no mean over items, and changes nothing", async () => {
  const { variables, loss } = line();
  const { weight } = variables;
  const sum = (fed: Tensors) => loss(fed).mul<tf.Scalar>(fed.y.shape[0]!);
  const normalized = ({ x, y }: Tensors) => {
    const { mean, variance } = tf.moments(x, 0);
    const scaled = x.sub(mean).div(variance.add(1).sqrt());
    return loss({ x: scaled, y });
  };
  using optimizer = sgd(variables);
  for (const wrong of [sum, normalized]) {
    using update = await halved({ variables, loss: wrong }, optimizer);
    await update.sync();
    weight.assign(tf.ones([3, 1]));
    await assertRejects(
      () => update.run(batches[0]!, RATE),
      RangeError,
      "Expected the loss of a batch to be the mean of those of its halves",
    );
    await update.sync();
    assertEquals([...weight.dataSync()], [1, 1, 1]);
  }
  const counter = tf.variable(tf.scalar(0));
  const counting = (fed: Tensors) => {
    counter.assign(counter.add(1));
    return loss(fed);
  };
  await assertRejects(
    () => halved({ variables, loss: counting }, optimizer),
    CompileError,
    "to change no variable",
  );
});

Deno.test("updates in halves that are asked for at once come one after the other", async () => {
  const [apart, atOnce] = [line(), line()];
  using one = sgd(apart.variables);
  using other = sgd(atOnce.variables);
  using first = await halved(apart, one);
  using second = await halved(atOnce, other);
  const waited = [];
  for (const batch of batches) waited.push(await first.run(batch, RATE));
  assertEquals(await losses(second), waited);
  await first.sync();
  assertEquals(numbersOf(atOnce, other), numbersOf(apart, one));
  assert(numbersOf(apart, one).flat().some((number) => number !== 0));
});
