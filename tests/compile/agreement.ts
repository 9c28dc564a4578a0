/**
 * A compiled function against the same function run eagerly in TensorFlow.js.
 * @module
 */
import * as tf from "@tensorflow/tfjs";
import { assert } from "@std/assert";
import { compile } from "../../compile/compile.ts";
import { findAdapter } from "../../compile/run/webgpu_adapter.ts";
import type { Device } from "../../compile/types.ts";
import type { ArrayOf, DType } from "../../compile/dtype.ts";

/** Numbers to feed: drawn from an interval, or given. */
export interface Operand {
  readonly shape: readonly number[];
  readonly dtype?: DType;
  /** Interval of the numbers, [-2, 2) unless given; whole numbers for int32. */
  readonly from?: number;
  readonly to?: number;
  readonly data?: readonly number[];
}

/** A function of tensors, and what to feed it. */
export interface Case {
  readonly name: string;
  readonly inputs: readonly Operand[];
  readonly fn: (...inputs: tf.Tensor[]) => tf.Tensor;
  /** Most terms that a number of the result, or of a gradient, is a sum of. */
  readonly terms?: number;
  /** Absolute error that WGSL allows the function itself, where it is more than rounding. */
  readonly webgpuError?: number;
  /** Compare gradients with respect to float32 inputs; "with" unless given. */
  readonly gradients?: "with" | "without";
}

/** Distance from 1 to the next number of float32. */
export const EPSILON: number = 2 ** -23;

/** What is compared with tfjs: the CPU, and WebGPU where there is an adapter, if only one in software. */
const NATIVE: readonly Device[] = await findAdapter()
  ? ["cpu", "webgpu"]
  : ["cpu"];

/** All devices that there are here. */
export const DEVICES: readonly Device[] = ["tfjs", ...NATIVE];

/** What a test on a device may leave open: a graphics device stays open until the process ends. */
export function onDevice(
  device: Device,
): { readonly sanitizeResources: boolean; readonly sanitizeOps: boolean } {
  const isClosed = device !== "webgpu";
  return { sanitizeResources: isClosed, sanitizeOps: isClosed };
}

/** Declares tests for each case: value and gradients on each device, with two threads, are those of tfjs. */
export function testCases(kernel: string, cases: readonly Case[]): void {
  for (const device of NATIVE) {
    for (const each of cases) {
      Deno.test({
        name:
          `${kernel}: ${each.name} compiles to what tfjs computes, ${device}`,
        ...onDevice(device),
        fn: () => checkAgreement(each, device),
      });
    }
  }
}

/**
 * Compares value and gradients.
 *
 * Both sides round each of a few operations on a number, and each sum of `terms` terms, to eps / 2 of the
 * operands. Terms are inputs, products of two of them, or as large as the result: with a largest input of
 * M and a largest result of R, the difference is up to (8 + terms) eps max(1, M^2, R). The 8 allows for
 * elementary functions that are right to 4 units in the last place on each side.
 */
export async function checkAgreement(
  each: Case,
  native: Device = "cpu",
): Promise<void> {
  const arrays = each.inputs.map(draw);
  const step = stepOf(each, arrays.length);
  const specs = Object.fromEntries(
    each.inputs.map(({ shape, dtype = "float32" }, i) => {
      return [`x${i}`, { shape, dtype }] as const;
    }),
  );
  const feeds = Object.fromEntries(arrays.map((array, i) => [`x${i}`, array]));
  const results = [];
  for (const device of ["tfjs", native] as const) {
    using ready = await compile(step, { inputs: specs, device, threads: 2 });
    results.push(await ready.run(feeds));
  }
  const [eager, compiled] = results;
  for (const [name, expected] of Object.entries(eager!)) { // two devices
    const found = compiled![name]!;
    assert(
      `${found.shape}` === `${expected.shape}`,
      `${name}: [${found.shape}]`,
    );
    const inputs = Math.max(...arrays.map(largest));
    const magnitude = Math.max(1, inputs ** 2, largest(expected.data));
    const own = native === "webgpu" ? each.webgpuError ?? 0 : 0;
    const tolerance = own + (8 + (each.terms ?? 1)) * EPSILON * magnitude;
    assertNear(name, found.data, expected.data, tolerance);
  }
}

/** The value, and the gradients of a weighted sum of it. */
function stepOf(
  { fn, inputs, gradients = "with" }: Case,
  count: number,
): (tensors: Readonly<Record<string, tf.Tensor>>) => Record<string, tf.Tensor> {
  return (tensors) => {
    const list = Array.from({ length: count }, (_, i) => tensors[`x${i}`]!); // as fed
    const value = fn(...list);
    const result: Record<string, tf.Tensor> = { value: value.cast("float32") };
    if (gradients === "without") return result;
    const isFloat = inputs.map(({ dtype }) =>
      dtype === undefined || dtype === "float32"
    );
    const loss = (...floats: tf.Tensor[]) => {
      const rest = [...floats];
      const all = list.map((tensor, i) => isFloat[i] ? rest.shift()! : tensor);
      const output = fn(...all);
      return output.mul(weights(output.shape)).sum() as tf.Scalar;
    };
    const floats = list.filter((_, i) => isFloat[i]);
    tf.grads(loss)(floats).forEach((gradient, i) => {
      result[`gradient${i}`] = gradient;
    });
    return result;
  };
}

/** Weights that differ from one another, so that a wrong place shows: cos 1, cos 2, ... */
function weights(shape: readonly number[]): tf.Tensor {
  const count = shape.reduce((a, b) => a * b, 1);
  return tf.tensor(
    Float32Array.from({ length: count }, (_, i) => Math.cos(i + 1)),
    [...shape],
  );
}

function draw(
  { shape, dtype = "float32", from = -2, to = 2, data }: Operand,
): ArrayOf<DType> {
  const length = shape.reduce((a, b) => a * b, 1);
  const numbers = data ??
    Array.from({ length }, () => from + (to - from) * random());
  if (dtype === "float32") return Float32Array.from(numbers);
  if (dtype === "int32") return Int32Array.from(numbers, Math.floor);
  return Uint8Array.from(numbers, (number) => number > 0 ? 1 : 0);
}

let state = 1;

/** Numbers from 0 to 1 that are the same in every run (Park & Miller 1988). */
export function random(): number {
  state = state * 48271 % 2147483647;
  return state / 2147483647;
}

function largest(numbers: ArrayLike<number>): number {
  let most = 0;
  for (const number of Array.from(numbers)) {
    if (Number.isFinite(number)) most = Math.max(most, Math.abs(number));
  }
  return most;
}

/** Checks that numbers differ by a tolerance at most; infinities and NaN must be in the same places. */
export function assertNear(
  name: string,
  found: ArrayLike<number>,
  expected: ArrayLike<number>,
  tolerance: number,
): void {
  assert(found.length === expected.length, `${name}: ${found.length} numbers`);
  for (let i = 0; i < expected.length; i++) {
    const [a, b] = [found[i]!, expected[i]!]; // within both
    const isSame = Object.is(a, b) || Math.abs(a - b) <= tolerance;
    assert(
      isSame,
      `${name}[${i}]: found ${a}, expected ${b} within ${tolerance}`,
    );
  }
}
