import * as tf from "@tensorflow/tfjs";
import {
  assert,
  assertEquals,
  assertNotEquals,
  assertRejects,
} from "@std/assert";
import { compile } from "../../compile/compile.ts";
import { CompileError } from "../../compile/compile_error.ts";
import { assertNear, DEVICES, EPSILON, onDevice } from "./agreement.ts";

const SHAPE = [2, 3, 4] as const;
const INPUTS = {
  x: { shape: SHAPE },
  key: { shape: [2], dtype: "int32" },
} as const;
const X = Float32Array.from({ length: 24 }, (_, i) => 1 + i / 10);

const { layers } = tf;
const LAYERS: Readonly<Record<string, () => tf.layers.Layer>> = {
  dropout: () => layers.dropout({ rate: 0.5 }),
  spatialDropout1d: () => layers.spatialDropout1d({ rate: 0.3 }),
  gaussianNoise: () => layers.gaussianNoise({ stddev: 0.7 }),
  gaussianDropout: () => layers.gaussianDropout({ rate: 0.4 }),
  alphaDropout: () => layers.alphaDropout({ rate: 0.4 }),
  "gru with dropout": () => layers.gru({ units: 2, dropout: 0.5 }),
  "lstm with recurrentDropout": () =>
    layers.lstm({ units: 2, recurrentDropout: 0.5 }),
};

for (const [name, make] of Object.entries(LAYERS)) {
  Deno.test({
    name:
      `a layer ${name} draws anew at every step, by its key, the same on every device`,
    ...onDevice("webgpu"),
    fn: async () => {
      const layer = make();
      layer.apply(tf.zeros([...SHAPE]));
      const runs: number[][] = [];
      for (const device of DEVICES) {
        if (device === "webgpu" && name !== "dropout") continue; // a second each
        for (const stepsPerCall of [1, 2]) {
          using step = await compile(
            ({ x }) => ({ y: layer.apply(x, { training: true }) as tf.Tensor }),
            { inputs: INPUTS, randomness: "key", device, stepsPerCall },
          );
          const keys = [[3, 1], [3, 2]];
          if (stepsPerCall === 2) {
            const x = Float32Array.of(...X, ...X);
            const key = Int32Array.from(keys.flat());
            runs.push([...(await step.run({ x, key })).y.data]);
            continue;
          }
          const numbers = [];
          for (const key of keys) {
            const { y } = await step.run({ x: X, key: Int32Array.from(key) });
            numbers.push(...y.data);
          }
          runs.push(numbers);
        }
      }
      const [reference, ...others] = runs;
      for (const other of others) {
        assertNear(name, other, reference!, 64 * EPSILON); // sums of four products, of numbers below 4
      }
      const half = reference!.length / 2;
      assertNotEquals(reference!.slice(0, half), reference!.slice(half));
      layer.dispose();
    },
  });
}

for (const device of ["tfjs", "cpu"] as const) {
  Deno.test(`numbers drawn inside have their distributions, and are independent, ${device}`, async () => {
    const n = 10_000;
    using step = await compile(() => ({
      uniform: tf.randomUniform([n], -1, 3),
      normal: tf.randomNormal([n], 2, 0.5),
      other: tf.randomNormal([n], 2, 0.5),
      truncated: tf.truncatedNormal([n]),
      kept: tf.dropout(tf.ones([n]), 0.25),
    }), {
      inputs: { key: { shape: [], dtype: "int32" } },
      randomness: "key",
      device,
    });
    const outputs = await step.run({ key: 5 });
    const moments = (data: ArrayLike<number>) => {
      const mean = Array.from(data).reduce((a, b) => a + b) / n;
      const squares = Array.from(data).map((x) => (x - mean) ** 2);
      return [mean, Math.sqrt(squares.reduce((a, b) => a + b) / n)] as const;
    };
    // Means are within 4 standard errors of theirs, deviations within 4 percent.
    const expected = {
      uniform: [1, 4 / Math.sqrt(12)],
      normal: [2, 0.5],
      other: [2, 0.5],
      truncated: [0, 0.8796], // of a normal cut at 2 (Johnson et al. 1994, 13.10)
      kept: [1, Math.sqrt(1 / 3)], // 4/3 with probability 3/4
    } as const;
    for (const [name, [mean, deviation]] of Object.entries(expected)) {
      const { data } = outputs[name as keyof typeof expected]; // the same keys
      const [m, d] = moments(data);
      assert(
        Math.abs(m - mean) <= 4 * deviation / Math.sqrt(n),
        `${name}: ${m}`,
      );
      assert(Math.abs(d / deviation - 1) <= 0.04, `${name}: ${d}`);
    }
    const product = outputs.normal.data.map((x, i) =>
      (x - 2) * (outputs.other.data[i]! - 2) / 0.25
    );
    assert(Math.abs(moments(product)[0]) <= 4 / Math.sqrt(n));
    const inside = outputs.uniform.data.every((x) => x >= -1 && x <= 3);
    assert(inside && outputs.truncated.data.every((x) => Math.abs(x) <= 2));
  });

  Deno.test(`the gradient of a dropout is its mask, ${device}`, async () => {
    using step = await compile(({ x }) => {
      const { value, grad } = tf.valueAndGrad((x: tf.Tensor) =>
        tf.dropout(x, 0.5).sum()
      )(x);
      return { value, mask: grad };
    }, { inputs: INPUTS, randomness: "key", device });
    const { value, mask } = await step.run({ x: X, key: Int32Array.of(1, 1) });
    assert(mask.data.every((scale) => scale === 0 || scale === 2));
    const kept = mask.data.reduce((sum, scale, i) => sum + scale * X[i]!, 0);
    assertNear("value", value.data, [kept], 24 * 100 * EPSILON);
  });

  Deno.test(`a key gives the same numbers again, ${device}`, async () => {
    using step = await compile(
      ({ x }) => ({ y: tf.dropout(x, 0.5).add(tf.randomNormal([4])) }),
      { inputs: INPUTS, randomness: "key", device },
    );
    const run = async (...key: number[]) => {
      const { y } = await step.run({ x: X, key: Int32Array.from(key) });
      return [...y.data];
    };
    const [a, b] = [await run(-1, 7), await run(0, 7)];
    assertNotEquals(a, b);
    assertEquals(await run(-1, 7), a);
  });

  Deno.test(`randomness must name an int32 input, ${device}`, async () => {
    await assertRejects(
      () =>
        compile(({ x }) => ({ y: tf.dropout(x, 0.5) }), {
          inputs: INPUTS,
          randomness: "x",
          device,
        }),
      TypeError,
      'Expected randomness to name an int32 input but found "x"',
    );
  });
}

Deno.test("what cannot be drawn by a key is refused by name", async () => {
  const options = { inputs: INPUTS, randomness: "key", device: "cpu" } as const;
  await assertRejects(
    () => compile(({ x }) => ({ y: x.add(tf.randomGamma([4], 2)) }), options),
    CompileError,
    "Cannot compile randomGamma of shape [4], which draws random numbers",
  );
  await assertRejects(
    () => compile(({ x }) => ({ y: x.mul(Math.random()) }), options),
    CompileError,
    "Cannot compile",
  );
});

Deno.test("weights that a layer makes inside are drawn once", async () => {
  const dense = layers.dense({ units: 2 });
  using step = await compile(({ x }) => {
    const y = dense.apply(x) as tf.Tensor; // one input, one output
    return { y, noisy: tf.dropout(y, 0.5) };
  }, { inputs: INPUTS, randomness: "key", device: "cpu" });
  const first = await step.run({ x: X, key: Int32Array.of(1, 1) });
  const second = await step.run({ x: X, key: Int32Array.of(1, 2) });
  assertEquals(first.y.data, second.y.data);
  assertNotEquals(first.noisy.data, second.noisy.data);
  dense.dispose();
});

Deno.test("seeded draws stay the constants they are", async () => {
  using step = await compile(
    ({ x }) => ({ y: x.add(tf.randomUniform([4], 0, 1, "float32", 3)) }),
    { inputs: INPUTS, randomness: "key", device: "cpu" },
  );
  const first = await step.run({ x: X, key: Int32Array.of(1, 1) });
  const second = await step.run({ x: X, key: Int32Array.of(1, 2) });
  assertEquals(first.y.data, second.y.data);
});

Deno.test("without a key, layers that draw are refused with advice that can be followed", async () => {
  const layer = layers.dropout({ rate: 0.5 });
  await assertRejects(
    () =>
      compile(
        ({ x }) => ({ y: layer.apply(x, { training: true }) as tf.Tensor }),
        { inputs: INPUTS, device: "cpu" },
      ),
    CompileError,
    'inside a layer, name an int32 input in "randomness", which seeds it at every step',
  );
});
