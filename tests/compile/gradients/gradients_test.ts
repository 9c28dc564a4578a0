import * as tf from "@tensorflow/tfjs";
import { assert, assertEquals } from "@std/assert";
import { compile } from "../../../compile/compile.ts";
import { withGradients } from "../../../compile/gradients/mod.ts";
import type { Device } from "../../../compile/types.ts";
import { DEVICES, EPSILON, onDevice } from "../agreement.ts";
import { FUNCTIONS } from "./functions.ts";
import {
  derivatives,
  eagerly,
  lossOf,
  ONCE,
  orderOf,
  type Row,
  ROWS,
  valuesOf,
} from "./table.ts";

/**
 * Where PyTorch's number is no derivative, with what stands there instead: the second derivative of a norm at 0 is 0
 * along the subgradient 0, and that of 0^n is 0 for n > 0.
 */
const NOT_A_NUMBER = 0;

/** What WebGPU is asked for: a software adapter takes a second for each. */
const ON_WEBGPU = [
  ...["cumprod of axis 1", "conv2d dilated", "maxPool of equals, overlapping"],
  ...["avgPool same", "resizeBilinear of half pixels", "depthToSpace"],
  ...["einsum ij,k->ik", "conv2d NCHW", "conv3d", "topk", "norm at 0"],
];

/** Kernels that no backend but tfjs's own has. */
const EAGER_ONLY = ["dilation2d"];

Deno.test("the table of gradients has a function for each row, and a row for each function", () => {
  assertEquals(Object.keys(FUNCTIONS).toSorted(), Object.keys(ROWS).toSorted());
});

/** Gradients without a row, and why. */
const WITHOUT_ROW: Readonly<Record<string, string>> = {
  BroadcastTo: "no backend has the kernel: tf.broadcastTo() tiles",
  ComplexAbs: "complex numbers are refused",
  LogSoftmax: "no backend has the kernel: tf.logSoftmax() is a custom gradient",
};

/** The gradients that TensorFlow.js has when the package is in use. */
function registeredGradients(): readonly string[] {
  const { _tfGlobals } = globalThis as unknown as { // where tfjs keeps its registries
    readonly _tfGlobals: ReadonlyMap<string, ReadonlyMap<string, unknown>>;
  };
  return withGradients(() => [..._tfGlobals.get("gradRegistry")!.keys()]);
}

Deno.test("every gradient that is registered runs in a row of the table", () => {
  const run = new Set<string>();
  const engine = tf.engine();
  const { runKernel } = engine;
  engine.runKernel = (kernel, inputs, attributes) => {
    run.add(kernel);
    return runKernel.call(engine, kernel, inputs, attributes) as never; // of the type that the caller expects
  };
  try {
    for (const [name, row] of Object.entries(ROWS)) {
      eagerly(() =>
        tf.tidy(() => {
          const inputs = row.inputs.map((operand) =>
            tf.tensor(valuesOf(operand), [...operand.shape])
          );
          tf.grads((...xs: tf.Tensor[]) => lossOf(FUNCTIONS[name]!, xs))(
            inputs,
          );
        })
      );
    }
  } finally {
    engine.runKernel = runKernel;
  }
  const missing = registeredGradients().filter((kernel) =>
    !run.has(kernel) && !(kernel in WITHOUT_ROW)
  );
  assertEquals(missing, []);
});

Deno.test("gradients leave no tensors behind, whichever order", () => {
  for (const [name, row] of Object.entries(ROWS)) {
    const before = tf.memory().numTensors;
    eagerly(() =>
      tf.tidy(() => {
        const inputs = row.inputs.map((operand) =>
          tf.tensor(valuesOf(operand), [...operand.shape])
        );
        derivatives(FUNCTIONS[name]!, inputs, orderOf(name));
      })
    );
    assertEquals(tf.memory().numTensors, before, name);
  }
});

for (const device of DEVICES) {
  for (const [name, row] of Object.entries(ROWS)) {
    if (device === "webgpu" && !ON_WEBGPU.includes(name)) continue;
    if (device !== "tfjs" && EAGER_ONLY.includes(name)) continue;
    Deno.test({
      name: `${name} and its gradients are those of PyTorch, twice, ${device}`,
      ...onDevice(device),
      fn: () => checkRow(name, row, device),
    });
  }
}

async function checkRow(
  name: string,
  row: Row,
  device: Device,
): Promise<void> {
  const arrays = row.inputs.map(valuesOf);
  const inputs = Object.fromEntries(
    row.inputs.map(({ shape }, i) => [`x${i}`, { shape }] as const),
  );
  using step = await compile(
    (tensors) =>
      derivatives(FUNCTIONS[name]!, Object.values(tensors), orderOf(name)), // in order
    { inputs, device, threads: 1 },
  );
  const feeds = Object.fromEntries(
    arrays.map((array, i) => [`x${i}`, array] as const),
  );
  const outputs = await step.run(feeds);
  checkNear("value", outputs["value"]!.data, row.value);
  row.inputs.forEach((_, i) => {
    const { gradients, hessianTimesVector } = row;
    checkNear(`gradient${i}`, outputs[`gradient${i}`]!.data, gradients[i]!);
    if (ONCE.includes(name)) return;
    checkNear(
      `product${i}`,
      outputs[`product${i}`]!.data,
      hessianTimesVector[i]!,
    );
  });
}

/**
 * Compares with PyTorch's float64: float32 rounds each of some 100 operations, on numbers as large as the largest, to
 * half a unit; second derivatives of quotients and roots take differences of numbers up to four times as large.
 */
function checkNear(
  name: string,
  found: ArrayLike<number>,
  expected: readonly (number | string)[],
): void {
  assertEquals(found.length, expected.length);
  const numbers = expected.map((value) =>
    value === "nan"
      ? NOT_A_NUMBER
      : Number(`${value}`.replace("inf", "Infinity"))
  );
  const largest = numbers.reduce(
    (most, x) => Number.isFinite(x) ? Math.max(most, Math.abs(x)) : most,
    1,
  );
  const tolerance = 256 * EPSILON * largest;
  numbers.forEach((right, i) => {
    const is = found[i]!; // as many
    assert(
      Object.is(is, right) || Math.abs(is - right) <= tolerance,
      `${name}[${i}]: found ${is}, expected ${right} within ${tolerance}`,
    );
  });
}
