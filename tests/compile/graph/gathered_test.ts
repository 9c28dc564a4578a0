import * as tf from "@tensorflow/tfjs";
import { assert } from "@std/assert";
import { compile } from "../../../compile/compile.ts";

/** Numbers at the ends of float32, around the smallest with all digits, and ordinary ones. */
const NUMBERS = [
  0,
  1e-38,
  1e-30,
  1e-20,
  1e-10,
  1,
  3,
  1e10,
  1e20,
  1e30,
  3e38,
  Infinity,
];
const FACTORS = [1e-38, 2 ** -127, 1e-30, 1e-20, 0.5, 3, 1e20, 2 ** 127, 3e38];

type Fn = (x: tf.Tensor, a: tf.Tensor, b: tf.Tensor) => tf.Tensor;

/** What takes two factors together, or a factor out of a sum. */
const FUNCTIONS: Readonly<Record<string, Fn>> = {
  "x a b": (x, a, b) => x.mul(a).mul(b),
  "x a / b": (x, a, b) => x.mul(a).div(b),
  "x / a b": (x, a, b) => x.div(a).mul(b),
  "x / a / b": (x, a, b) => x.div(a).div(b),
  "-(x a) b": (x, a, b) => x.mul(a).neg().mul(b),
  "a x + a x": (x, a) => x.mul(a).add(x.add(0).mul(a)),
  "a x - a (-x)": (x, a) => x.mul(a).sub(x.neg().mul(a)),
  "sum of a x": (x, a) => tf.stack([x, x, x]).mul(a).sum(0),
};

for (const kind of ["known", "fed"] as const) {
  for (const [name, fn] of Object.entries(FUNCTIONS)) {
    Deno.test(`factors that are ${kind} are taken together only where no digit is lost: ${name}`, async () => {
      const pairs = FACTORS.flatMap((a) => FACTORS.map((b) => [a, b] as const));
      using step = await compile(
        (
          tensors: Readonly<Record<string, tf.Tensor>>,
        ): Record<string, tf.Tensor> =>
          Object.fromEntries(pairs.map(([a, b], i) => {
            const [first, second] = kind === "known"
              ? [tf.scalar(a), tf.scalar(b)]
              : [tensors[`a${i}`]!, tensors[`b${i}`]!];
            return [`y${i}`, fn(tensors["x"]!, first, second)];
          })),
        {
          inputs: {
            x: { shape: [NUMBERS.length] },
            ...Object.fromEntries(
              kind === "fed"
                ? pairs.flatMap((
                  _,
                  i,
                ) => [[`a${i}`, { shape: [] }], [`b${i}`, { shape: [] }]])
                : [],
            ) as Record<string, { readonly shape: readonly number[] }>,
          },
          device: "cpu",
          threads: 1,
        },
      );
      const feeds: Record<string, Float32Array | number> = {
        x: Float32Array.from(NUMBERS),
      };
      if (kind === "fed") {
        pairs.forEach(([a, b], i) =>
          Object.assign(feeds, { [`a${i}`]: a, [`b${i}`]: b })
        );
      }
      const found = await step.run(feeds as { readonly x: Float32Array }); // the others are known only at run time
      pairs.forEach(([a, b], i) => {
        NUMBERS.forEach((x, j) => {
          const right = eager(fn, x, a, b);
          const exact = inFloat64(fn, x, a, b);
          const value = found[`y${i}`]!.data[j]!;
          // Right is what tfjs has step by step, or, where it leaves the range of float32 on the way, the exact number.
          const isRight = [right, exact].some((expected) =>
            Object.is(value, expected) || value === expected ||
            Math.abs(value / expected - 1) < 1e-6 ||
            Math.abs(value - expected) <= 2 ** -126 // denormal: fewer digits
          );
          assert(
            isRight,
            `${name} of ${[
              x,
              a,
              b,
            ]}: found ${value}, expected ${right} or ${exact}`,
          );
        });
      });
    });
  }
}

function eager(fn: Fn, ...numbers: readonly number[]): number {
  return Number(tf.tidy(() => {
    const [x, a, b] = numbers.map((number) => tf.scalar(number));
    return fn(x!, a!, b!).dataSync()[0]!;
  }));
}

/** The number without roundings in between, as float32. */
function inFloat64(fn: Fn, x: number, a: number, b: number): number {
  const [p, q, r] = [x, a, b].map(Math.fround) as [number, number, number];
  const exact: Readonly<Record<string, number>> = {
    "x a b": p * q * r,
    "x a / b": p * q / r,
    "x / a b": p / q * r,
    "x / a / b": p / q / r,
    "-(x a) b": -p * q * r,
    "a x + a x": 2 * p * q,
    "a x - a (-x)": 2 * p * q,
    "sum of a x": 3 * p * q,
  };
  const name = Object.entries(FUNCTIONS).find(([, known]) => known === fn)?.[0];
  return Math.fround(exact[name!]!); // it is one of them
}
