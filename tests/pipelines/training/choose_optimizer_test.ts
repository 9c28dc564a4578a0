import { assertAlmostEquals, assertEquals } from "@std/assert";
import * as tf from "@tensorflow/tfjs";
import {
  chooseOptimizer,
  type OptimizerChoice,
  optimizerChoice,
} from "../../../pipelines/training/choose_optimizer.ts";

const RATE = 0.1;

/** Gradients of two updates. */
const [FIRST, SECOND] = [2, -1];

/** Where a matrix and a vector, both 10, are after two updates with the same gradients. */
function after(choice: OptimizerChoice): readonly [number, number] {
  const variables = {
    weight: tf.variable(tf.tensor2d([[10]])),
    bias: tf.variable(tf.tensor1d([10])),
  };
  using optimizer = chooseOptimizer(variables, choice);
  for (const gradient of [FIRST, SECOND]) {
    const gradients = {
      weight: tf.tensor2d([[gradient]]),
      bias: tf.tensor1d([gradient]),
    };
    optimizer.apply(gradients, tf.scalar(RATE));
    tf.dispose(gradients);
  }
  const at = (name: keyof typeof variables) => variables[name].dataSync()[0]!;
  const found = [at("weight"), at("bias")] as const;
  tf.dispose(variables);
  return found;
}

/** Two steps of Adam by its definition: Kingma & Ba 2015, algorithm 1. */
function adamSteps(beta2: number): readonly [number, number] {
  let [m, v] = [0, 0];
  const steps = [FIRST, SECOND].map((g, i) => {
    m = 0.9 * m + 0.1 * g;
    v = beta2 * v + (1 - beta2) * g ** 2;
    const [mean, square] = [
      m / (1 - 0.9 ** (i + 1)),
      v / (1 - beta2 ** (i + 1)),
    ];
    return RATE * mean / (Math.sqrt(square) + 1e-8);
  });
  return [steps[0]!, steps[1]!];
}

const choice = { beta2: 0.5, weightDecay: 0.25 } as const;

Deno.test("chooseOptimizer() gives Adam the chosen beta2", () => {
  for (const beta2 of [0.5, 0.98]) {
    const [one, two] = adamSteps(beta2);
    const found = after({ ...choice, beta2, optimizer: "adam" });
    for (const value of found) assertAlmostEquals(value, 10 - one - two, 1e-5);
  }
});

Deno.test("chooseOptimizer() lets AdamW shrink matrices alone, with the chosen beta2", () => {
  const [one, two] = adamSteps(choice.beta2);
  const kept = 1 - RATE * choice.weightDecay;
  const [weight, bias] = after({ ...choice, optimizer: "adamw" });
  assertAlmostEquals(weight, (10 * kept - one) * kept - two, 1e-5);
  assertAlmostEquals(bias, 10 - one - two, 1e-5);
});

Deno.test("chooseOptimizer() steps against the gradient, with and without momentum, and by Adagrad", () => {
  const expected = {
    sgd: RATE * (FIRST + SECOND),
    momentum: RATE * (FIRST + (0.9 * FIRST + SECOND)),
    adagrad: RATE *
      (FIRST / Math.sqrt(FIRST ** 2) +
        SECOND / Math.sqrt(FIRST ** 2 + SECOND ** 2)),
  };
  for (const optimizer of ["sgd", "momentum", "adagrad"] as const) {
    for (const value of after({ ...choice, optimizer })) {
      assertAlmostEquals(value, 10 - expected[optimizer], 1e-5, optimizer);
    }
  }
});

Deno.test("the settings of optimizers refuse what makes no sense, and name what is documented", () => {
  const fallbacks = Object.entries(optimizerChoice)
    .map(([name, { fallback }]) => [name, fallback]);
  assertEquals(Object.fromEntries(fallbacks), {
    ...{ optimizer: "adam", beta2: 0.98, weightDecay: 0.1 },
  });
  assertEquals(optimizerChoice.beta2.parse("0"), 0);
  assertEquals(optimizerChoice.beta2.parse("0.999999"), 0.999999);
  assertEquals(optimizerChoice.weightDecay.parse("0"), 0);
  for (
    const [name, text] of [["beta2", "1"], ["beta2", "-0.1"], [
      "weightDecay",
      "-1",
    ]] as const
  ) {
    try {
      optimizerChoice[name].parse(text);
    } catch (error) {
      assertEquals(error instanceof RangeError, true);
      continue;
    }
    throw new Error(`${name} took ${text}`);
  }
});
