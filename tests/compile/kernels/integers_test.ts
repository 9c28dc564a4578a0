import * as tf from "@tensorflow/tfjs";
import { assertEquals } from "@std/assert";
import { compile } from "../../../compile/compile.ts";
import { findAdapter } from "../../../compile/run/webgpu_adapter.ts";
import type { Device } from "../../../compile/types.ts";

/** Numbers at the ends of int32, around 0, and beyond the digits of float32. */
const EDGES = [
  ...[-2147483648, -2147483647, -47039999, -16777217, -7, -2, -1, 0],
  ...[1, 2, 7, 784, 65536, 16777217, 47039999, 1000000000, 2147483647],
];
const PAIRS = EDGES.flatMap((a) => EDGES.map((b) => [a, b] as const));

function wrap(value: bigint): number {
  return Number(BigInt.asIntN(32, value));
}

/** As Python's `//` and `%`, and 0 for a divisor of 0. */
function floorDiv(a: bigint, b: bigint): bigint {
  if (b === 0n) return 0n;
  return (a - mod(a, b)) / b;
}

function mod(a: bigint, b: bigint): bigint {
  if (b === 0n) return 0n;
  return (a % b + b) % b;
}

function pow(a: bigint, b: bigint): bigint {
  if (b < 0n) {
    return a === 1n || (a === -1n && b % 2n === 0n) ? 1n : a === -1n ? -1n : 0n;
  }
  let [result, square] = [1n, a];
  for (let rest = b; rest > 0n; rest /= 2n) {
    if (rest % 2n === 1n) result = BigInt.asIntN(32, result * square);
    square = BigInt.asIntN(32, square * square);
  }
  return result;
}

type Exact = readonly [
  fn: (a: tf.Tensor, b: tf.Tensor) => tf.Tensor,
  exact: (a: bigint, b: bigint) => bigint,
];

const OPERATIONS: Readonly<Record<string, Exact>> = {
  floorDiv: [tf.floorDiv, floorDiv],
  div: [tf.div, floorDiv],
  mod: [tf.mod, mod],
  mul: [tf.mul, (a, b) => a * b],
  add: [tf.add, (a, b) => a + b],
  sub: [tf.sub, (a, b) => a - b],
  squaredDifference: [tf.squaredDifference, (a, b) => (a - b) ** 2n],
  pow: [tf.pow, pow],
  square: [(a) => a.square(), (a) => a * a],
  neg: [(a) => a.neg(), (a) => -a],
  abs: [(a) => a.abs(), (a) => a < 0n ? -a : a],
  relu: [(a) => a.relu(), (a) => a < 0n ? 0n : a],
  cumsum: [
    (a, b) =>
      tf.cumsum(tf.stack([a, b, b])).slice([2, 0], [1, -1]).reshape(a.shape),
    (a, b) => a + b + b,
  ],
  segmentSum: [
    (a, b) => {
      const rows = tf.tensor1d([599, 599, 0], "int32"); // of many segments
      return tf.unsortedSegmentSum(tf.stack([a, b, b]), rows, 600).slice([
        599,
        0,
      ], [1, -1]).reshape(a.shape);
    },
    (a, b) => a + b,
  ],
  scatterND: [
    (a, b) => {
      const rows = tf.tensor2d([[1], [1]], [2, 1], "int32");
      return tf.scatterND(rows, tf.stack([a, b]), [2, a.size]).slice([1, 0], [
        1,
        -1,
      ]).reshape(a.shape);
    },
    (a, b) => a + b,
  ],
  max: [(a, b) => tf.stack([a, b]).max(0), (a, b) => a > b ? a : b],
  where: [(a, b) => tf.where(a.less(b), a, b), (a, b) => a < b ? a : b],
  maximum: [tf.maximum, (a, b) => a > b ? a : b],
  sum: [(a, b) => tf.stack([a, b, b]).sum(0), (a, b) => a + b + b],
  prod: [(a, b) => tf.stack([a, b, b]).prod(0), (a, b) => a * b * b],
  cumprod: [
    (a, b) =>
      tf.cumprod(tf.stack([a, b, a])).slice([2, 0], [1, -1]).reshape(a.shape),
    (a, b) => a * b * a,
  ],
  matMul: [
    (a, b) => {
      const [row, column] = [a.reshape([-1, 1, 1]), b.reshape([-1, 1, 1])];
      return tf.matMul(row, column).reshape(a.shape);
    },
    (a, b) => a * b,
  ],
  einsum: [(a, b) => tf.einsum("i,i->i", a, b), (a, b) => a * b],
};

const DIVISORS = [-2147483648, -784, -1, 0, 1, 7, 784, 2147483647];

for (const device of ["cpu", "tfjs", "webgpu"] as const) {
  const platform = {
    ignore: device === "webgpu" && !await findAdapter(),
    sanitizeResources: device !== "webgpu",
    sanitizeOps: device !== "webgpu",
  };

  Deno.test({
    ...platform,
    name: `integers are exact over the whole range of int32, ${device}`,
    fn: async () => {
      const found = await runAll(device, OPERATIONS, PAIRS.length);
      for (const [name, [, exact]] of Object.entries(OPERATIONS)) {
        PAIRS.forEach(([a, b], i) => {
          const expected = wrap(exact(BigInt(a), BigInt(b)));
          assertEquals(found[name]!.data[i], expected, `${name}(${a}, ${b})`);
        });
      }
    },
  });

  Deno.test({
    ...platform,
    name: `known divisors and exponents give the same integers, ${device}`,
    fn: async () => {
      const known = Object.fromEntries(DIVISORS.flatMap((b) => {
        const number = tf.scalar(b, "int32");
        const named = (["floorDiv", "mod"] as const).map((name) => {
          const [fn, exact] = OPERATIONS[name]!;
          return [`${name} ${b}`, [
            (a: tf.Tensor) => fn(a, number),
            (a: bigint) => exact(a, BigInt(b)),
          ]] as const;
        });
        return named;
      }));
      const powers = Object.fromEntries([-3, -2, 0, 1, 2, 5, 31].map((b) => {
        const number = tf.scalar(b, "int32");
        return [`pow ${b}`, [
          (a: tf.Tensor) => a.pow(number),
          (a: bigint) => pow(a, BigInt(b)),
        ]] as const;
      }));
      const all = { ...known, ...powers };
      const found = await runAll(device, all, PAIRS.length);
      for (const [name, [, exact]] of Object.entries(all)) {
        PAIRS.forEach(([a], i) => {
          assertEquals(
            found[name]!.data[i],
            wrap(exact(BigInt(a))),
            `${name} of ${a}`,
          );
        });
      }
    },
  });

  Deno.test({
    ...platform,
    name: `modulo of floats is PyTorch's remainder, ${device}`,
    fn: async () => {
      // a, b, torch.remainder(a, b), and floor(a / b) of the exact quotient, by hand.
      const cases = [
        [1e9, 7, 6, 142857142],
        [-1e9, 7, 1, -142857143],
        [5.5, 2, 1.5, 2],
        [-5.5, 2, 0.5, -3],
        [5.5, -2, -0.5, -3],
        [-5.5, -2, -1.5, 2],
        [16777216, 3, 1, 5592405],
        [1, Math.fround(0.1), 1 - 9 * Math.fround(0.1), 9], // 0.1 is above a tenth
        [3, Infinity, 3, 0],
        [-3, Infinity, Infinity, 0], // of the rounded quotient, -0
        [1e30, 3, 0, 0], // a quotient that int32 does not hold
        [4, 2, 0, 2],
        [1, 0, NaN, 0],
      ] as const;
      using step = await compile(({ a, b }) => ({
        rest: tf.mod(a, b),
        quotient: tf.floorDiv(a, b),
      }), {
        inputs: { a: { shape: [cases.length] }, b: { shape: [cases.length] } },
        outputs: { quotient: "int32" },
        device,
      });
      const { rest, quotient } = await step.run({
        a: Float32Array.from(cases, ([a]) => a),
        b: Float32Array.from(cases, ([, b]) => b),
      });
      cases.forEach(([a, b, modulo, floor], i) => {
        const exact = a === 1e30 ? Math.fround(a) % b : modulo;
        assertEquals(rest.data[i], Math.fround(exact), `${a} mod ${b}`);
        const rounded = device === "webgpu" && Math.abs(floor) > 2 ** 24
          ? Math.fround(floor)
          : floor;
        assertEquals(quotient.data[i], rounded, `${a} // ${b}`);
      });
    },
  });
}

async function runAll(
  device: Device,
  operations: Readonly<
    Record<
      string,
      readonly [(a: tf.Tensor, b: tf.Tensor) => tf.Tensor, unknown]
    >
  >,
  count: number,
) {
  const names = Object.keys(operations);
  using step = await compile(
    ({ a, b }): Record<string, tf.Tensor> =>
      Object.fromEntries(
        names.map((name) => [name, operations[name]![0](a, b)]),
      ),
    {
      inputs: {
        a: { shape: [count], dtype: "int32" },
        b: { shape: [count], dtype: "int32" },
      },
      outputs: Object.fromEntries(
        names.map((name) => [name, "int32"] as const),
      ),
      device,
    },
  );
  return await step.run({
    a: Int32Array.from(PAIRS, ([a]) => a),
    b: Int32Array.from(PAIRS, ([, b]) => b),
  });
}
