import * as tf from "@tensorflow/tfjs";
import { assert, assertEquals, assertRejects } from "@std/assert";
import { compile } from "../../../compile/compile.ts";
import { CompileError } from "../../../compile/compile_error.ts";
import { loadOnnxRuntime } from "../../../compile/run/native/load.ts";
import type {
  NativeRuntime,
  NativeSession,
} from "../../../compile/run/native/runtime.ts";
import { SideBySideSession } from "../../../compile/run/side_by_side_session.ts";
import { encode } from "../../../compile/onnx/encode.ts";
import { DEVICES, onDevice, random } from "../agreement.ts";

const [ROWS, WIDTH] = [96, 300] as const;
const weights = Float32Array.from({ length: WIDTH * WIDTH }, random);
const parts = Array.from(
  { length: 7 },
  () => Float32Array.from({ length: ROWS * WIDTH }, random),
);

function layers(x: tf.Tensor, weight: tf.Tensor): tf.Tensor {
  return tf.matMul(tf.tanh(tf.matMul(x, weight)), weight);
}

for (const device of DEVICES) {
  Deno.test({
    name:
      `calls that are in flight together give the numbers of calls one by one, ${device}`,
    ...onDevice(device),
    fn: async () => {
      const options = {
        inputs: { x: { shape: [ROWS, WIDTH] } },
        tables: { weight: { data: weights, shape: [WIDTH, WIDTH] } },
        device,
        threads: 2,
      } as const;
      const fn = ({ x, weight }: { x: tf.Tensor; weight: tf.Tensor }) => ({
        y: layers(x, weight),
      });
      using one = await compile(fn, options);
      using many = await compile(fn, { ...options, parallel: "calls" });
      const expected = [];
      for (const x of parts) expected.push((await one.run({ x })).y.data);
      const found = await Promise.all(parts.map((x) => many.run({ x })));
      assertEquals(found.map(({ y }) => y.data), expected);
      assertEquals(many.waiting, undefined);
    },
  });
}

Deno.test("calls side by side see each change of a variable that was asked for before them, and no later one", async () => {
  const variable = tf.variable(tf.scalar(1));
  using read = await compile(({ x }) => ({ y: x.mul(variable) }), {
    inputs: { x: { shape: [3] } },
    device: "cpu",
    threads: 2,
    parallel: "calls",
  });
  using double = await compile(() => {
    variable.assign(variable.mul(2));
    return { now: variable };
  }, { inputs: {}, device: "cpu", threads: 2 });
  const x = Float32Array.of(1, 2, 3);
  const calls = [];
  for (let i = 0; i < 4; i++) {
    calls.push(read.run({ x }), read.run({ x }));
    void double.run({});
  }
  const found = (await Promise.all(calls)).map(({ y }) => y.data[0]);
  assertEquals(found, [1, 1, 2, 2, 4, 4, 8, 8]);
});

Deno.test("a function that changes a variable cannot have its calls side by side", async () => {
  const variable = tf.variable(tf.scalar(1), true, "counted");
  await assertRejects(
    () =>
      compile(() => {
        variable.assign(variable.add(1));
        return { now: variable };
      }, { inputs: {}, device: "cpu", threads: 1, parallel: "calls" }),
    CompileError,
    'change no variable but found that it assigns "counted"',
  );
});

Deno.test("JavaScript goes on while a call is computed, and a function disposed of meanwhile finishes it", async () => {
  const step = await compile(({ x, weight }) => {
    let y: tf.Tensor = x;
    for (let i = 0; i < 600; i++) y = tf.tanh(layers(y, weight));
    return { y };
  }, {
    inputs: { x: { shape: [ROWS, WIDTH] } },
    tables: { weight: { data: weights, shape: [WIDTH, WIDTH] } },
    device: "cpu",
    threads: 2,
    parallel: "calls",
  });
  let [turns, isDone] = [0, false];
  const call = step.run({ x: parts[0]! }).finally(() => isDone = true);
  step.dispose();
  while (!isDone) {
    turns++;
    await new Promise((resolve) => setTimeout(resolve));
  }
  assertEquals((await call).y.data.length, ROWS * WIDTH);
  // 21 GFLOP take longer than a few timers; a call that lets nothing else run has two or three turns around it
  assert(turns > 5, `Found ${turns} turns`);
});

const model = encode({
  graph: {
    name: "product",
    nodes: [
      { op: "MatMul", inputs: ["a", "b"], outputs: ["y"], attributes: {} },
    ],
    inputs: [
      { name: "a", dtype: "float32", shape: [ROWS, WIDTH] },
      { name: "b", dtype: "float32", shape: [WIDTH, WIDTH] },
    ],
    outputs: [{ name: "y", dtype: "float32", shape: [ROWS, WIDTH] }],
    tensors: [],
  },
});

/** A runtime that counts the calls in flight. */
function counting(
  runtime: NativeRuntime,
): { readonly runtime: NativeRuntime; readonly most: () => number } {
  let [now, most] = [0, 0];
  const session = async (...given: Parameters<NativeRuntime["session"]>) => {
    const made = await runtime.session(...given);
    const runAside: NativeSession["runAside"] = async (feeds, fetches) => {
      most = Math.max(most, ++now);
      await made.runAside(feeds, fetches).finally(() => now--);
    };
    return {
      run: made.run.bind(made),
      runAside,
      [Symbol.dispose]: () => made[Symbol.dispose](),
    };
  };
  return { runtime: { ...runtime, session }, most: () => most };
}

Deno.test("as many calls as threads are computed at once, and one that fails gives its place back", async () => {
  for (const threads of [2, 3]) {
    const { runtime, most } = counting(await loadOnnxRuntime());
    using session = await SideBySideSession.open(runtime, model, threads);
    using b = runtime.tensor(weights, [WIDTH, WIDTH], "float32");
    using short = runtime.tensor(new Float32Array(3), [1, 3], "float32");
    const outcomes = await Promise.allSettled(parts.map(async (part, i) => {
      using a = runtime.tensor(part, [ROWS, WIDTH], "float32");
      const numbers = new Float32Array(ROWS * WIDTH);
      using y = runtime.tensor(numbers, [ROWS, WIDTH], "float32");
      await session.run({ a: i % 2 === 0 ? short : a, b }, { y });
    }));
    assertEquals(
      outcomes.map(({ status }) => status),
      parts.map((_, i) => i % 2 === 0 ? "rejected" : "fulfilled"),
    );
    assertEquals(most(), threads);
  }
});
