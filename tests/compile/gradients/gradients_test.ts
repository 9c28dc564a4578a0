import * as tf from "@tensorflow/tfjs";
import { assert, assertEquals } from "@std/assert";
import { compile } from "../../../compile/compile.ts";
import { withGradients } from "../../../compile/gradients/mod.ts";
import { withReferenceKernels } from "../../../compile/kernels/reference.ts";
import type { Device } from "../../../compile/types.ts";
import golden from "../../golden/gradients.json" with { type: "json" };
import { waveValues } from "../../golden/waves.ts";
import { DEVICES, EPSILON, onDevice } from "../agreement.ts";
import { type Fn, FUNCTIONS } from "./functions.ts";

/** Of a row in the table: a wave, the least number plus the absolute value of one, or given. */
interface Operand {
  readonly shape: readonly number[];
  readonly phase?: number;
  readonly amplitude?: number;
  readonly least?: number;
  readonly data?: readonly number[];
}

interface Row {
  readonly inputs: readonly Operand[];
  readonly gradients: readonly (readonly (number | string)[])[];
  readonly hessianTimesVector: readonly (readonly (number | string)[])[];
  readonly isSmooth: boolean;
}

const ROWS = golden.cases as unknown as Readonly<Record<string, Row>>; // as the script writes them

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

/** Kernels whose gradient is refused a second time, by name. */
const ONCE = ["dilation2d"];

function orderOf(name: string): "once" | "twice" {
  return ONCE.includes(name) ? "once" : "twice";
}

/** TensorFlow.js as device "tfjs" runs it. */
function eagerly<T>(run: () => T): T {
  return withGradients(() => withReferenceKernels(run));
}

function valuesOf(
  { shape, phase = 0, amplitude = 1, least, data }: Operand,
): Float32Array {
  if (data) return Float32Array.from(data);
  const wave = waveValues(shape.reduce((a, b) => a * b, 1), phase, amplitude);
  if (least === undefined) return wave;
  return wave.map((value) => Math.fround(least) + Math.abs(value));
}

function waveLike(x: tf.Tensor, phase: number): tf.Tensor {
  return tf.tensor(waveValues(x.size, phase), x.shape);
}

/** The loss that the table differentiates. */
function lossOf(fn: Fn, inputs: tf.Tensor[]): tf.Scalar {
  const y = fn(...inputs);
  return y.mul(waveLike(y, 0.4)).sum().asScalar();
}

/** The gradients of the loss, and those of their sum with waves. */
function derivatives(
  fn: Fn,
  inputs: readonly tf.Tensor[],
  order: "once" | "twice",
): Record<string, tf.Tensor> {
  const gradients = (...xs: tf.Tensor[]) =>
    tf.grads((...xs: tf.Tensor[]) => lossOf(fn, xs))(xs);
  const along = (...xs: tf.Tensor[]) =>
    tf.addN(
      gradients(...xs).map((gradient) =>
        gradient.mul(waveLike(gradient, 2.2)).sum()
      ),
    );
  const first = gradients(...inputs);
  const second = order === "once" ? [] : secondGradients(along, inputs);
  return Object.fromEntries([
    ...first.map((gradient, i) => [`gradient${i}`, gradient] as const),
    ...second.map((product, i) => [`product${i}`, product] as const),
  ]);
}

/** Zeros where a gradient depends on nothing, which tfjs calls an error. */
function secondGradients(
  along: (...xs: tf.Tensor[]) => tf.Tensor,
  inputs: readonly tf.Tensor[],
): readonly tf.Tensor[] {
  const anchored = (...xs: tf.Tensor[]) =>
    tf.addN([along(...xs), ...xs.map((x) => x.mul(0).sum())]);
  return tf.grads(anchored)([...inputs]);
}

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

for (const device of DEVICES) {
  for (const [name, row] of Object.entries(ROWS)) {
    if (device === "webgpu" && !ON_WEBGPU.includes(name)) continue;
    if (device !== "tfjs" && EAGER_ONLY.includes(name)) continue;
    Deno.test({
      name: `gradients of ${name} are those of PyTorch, twice, ${device}`,
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

/**
 * Central differences along a wave, extrapolated to a step of 0 (Richardson): (4 D(h / 2) - D(h)) / 3 is off by a
 * multiple of h^4 f''''', and by the rounding of f divided by h.
 */
function difference(f: (t: number) => number, h: number): number {
  const central = (h: number) => (f(h) - f(-h)) / (2 * h);
  return (4 * central(h / 2) - central(h)) / 3;
}

for (const [name, row] of Object.entries(ROWS)) {
  if (!row.isSmooth) continue;
  Deno.test(`gradients of ${name} are the limits of differences, twice`, () => {
    tf.tidy(() =>
      eagerly(() => {
        const fn = FUNCTIONS[name]!; // checked above
        const arrays = row.inputs.map(valuesOf);
        const directions = arrays.map((array) => waveValues(array.length, 2.2));
        const at = (t: number) =>
          row.inputs.map(({ shape }, i) => {
            const moved = arrays[i]!.map((x, j) => x + t * directions[i]![j]!); // as many
            return tf.tensor(moved, [...shape]);
          });
        const gradients = (t: number) =>
          tf.grads((...xs: tf.Tensor[]) => lossOf(fn, xs))(at(t));
        const slope = gradients(0).reduce((sum, gradient, i) => {
          const numbers = Array.from(gradient.dataSync());
          return numbers.reduce(
            (all, g, j) => all + g * directions[i]![j]!,
            sum,
          );
        }, 0);
        const loss = (t: number) => lossOf(fn, at(t)).dataSync()[0]!;
        const h = 2 ** -5;
        // Rounding: 64 units of the loss over h; beyond: fifth derivatives up to some hundreds times h^4 / 30.
        const near = (scale: number) => 1e-3 * Math.max(1, Math.abs(scale));
        const expected = difference(loss, h);
        assert(
          Math.abs(slope - expected) <= near(expected),
          `slope: found ${slope}, expected ${expected}`,
        );
        const products = derivatives(fn, at(0), orderOf(name));
        if (ONCE.includes(name)) return;
        row.inputs.forEach((_, i) => {
          const found = products[`product${i}`]!.dataSync();
          const [a, b, c, d] = [h, -h, h / 2, -h / 2].map((t) =>
            gradients(t)[i]!.dataSync()
          );
          found.forEach((product, j) => {
            const wide = (a![j]! - b![j]!) / (2 * h);
            const narrow = (c![j]! - d![j]!) / h;
            const expected = (4 * narrow - wide) / 3;
            assert(
              Math.abs(product - expected) <= near(expected),
              `product${i}[${j}]: found ${product}, expected ${expected}`,
            );
          });
        });
      })
    );
  });
}
