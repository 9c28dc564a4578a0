import * as tf from "@tensorflow/tfjs";
import { assert } from "@std/assert";
import { compile } from "../../compile/compile.ts";
import { EPSILON } from "./agreement.ts";

/** Numbers from tiny to huge, of both signs, and what has no neighbours. */
const NUMBERS = [
  ...[
    0,
    1e-38,
    1e-20,
    1e-9,
    1e-7,
    6e-8,
    1e-4,
    0.01,
    0.3,
    0.5,
    0.9,
    1,
    1.5,
    3,
    10,
  ],
  ...[15.9, 20, 50, 88, 89, 100, 1e6, 3e38, Infinity],
].flatMap((x) => [Math.fround(x), -Math.fround(x)]);

/** Exact to this many units in the last place: those of ONNX Runtime's log, exp and tanh, and of the sums. */
const UNITS = 6;

interface Exact {
  readonly fn: (x: tf.Tensor) => tf.Tensor;
  /** In float64. */
  readonly exact: (x: number) => number;
  readonly above?: number;
}

const FUNCTIONS: Readonly<Record<string, Exact>> = {
  log1p: { fn: tf.log1p, exact: Math.log1p, above: -1 },
  "log1p of exp(-|x|)": {
    fn: (x) => tf.log1p(x.abs().neg().exp()),
    exact: (x) => Math.log1p(Math.exp(-Math.abs(x))),
  },
  expm1: { fn: tf.expm1, exact: Math.expm1 },
  softplus: {
    fn: tf.softplus,
    exact: (x) => Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x))),
  },
  logSigmoid: {
    fn: tf.logSigmoid,
    exact: (x) => Math.min(x, 0) - Math.log1p(Math.exp(-Math.abs(x))),
  },
};

for (
  const [name, { fn, exact, above = -Infinity }] of Object.entries(FUNCTIONS)
) {
  Deno.test(`${name} is exact on the CPU for numbers of any size`, async () => {
    const data = Float32Array.from(NUMBERS.filter((x) => x >= above));
    using step = await compile(({ x }) => ({ y: fn(x) }), {
      inputs: { x: { shape: [data.length] } },
      device: "cpu",
    });
    const { y } = await step.run({ x: data });
    for (const [i, x] of data.entries()) {
      const expected = Math.fround(exact(x));
      const found = y.data[i]!; // one for each
      const tolerance = UNITS * EPSILON * Math.abs(expected);
      const isSmall = Math.abs(expected) < 2 ** -126 &&
        Math.abs(found) < 2 ** -126; // denormal
      const isSame = Object.is(found, expected) || found === expected ||
        isSmall;
      assert(
        isSame || Math.abs(found - expected) <= tolerance,
        `${name}(${x}): found ${found}, expected ${expected}`,
      );
    }
  });
}
