import * as ort from "onnxruntime-node";
import * as tf from "@tensorflow/tfjs";
import { assertEquals } from "@std/assert";
import { compile } from "../../../compile/compile.ts";
import { GraphSession } from "../../../compile/run/graph_session.ts";
import { bindingRuntime } from "../../../compile/run/native/binding.ts";
import { loadOnnxRuntime } from "../../../compile/run/native/load.ts";
import { trace } from "../../../compile/trace/trace.ts";
import { assertNear, EPSILON, random } from "../agreement.ts";

const inputs = { x: { shape: [3, 40] } } as const;

Deno.test("steady variables give what changing ones give, and are followed where they change", async () => {
  const weight = tf.variable(
    tf.tensor(Float32Array.from({ length: 40 * 50 }, random), [40, 50]),
  );
  const bias = tf.variable(tf.zeros([50]));
  const count = tf.variable(tf.scalar(0));
  const step = ({ x }: { readonly x: tf.Tensor2D }) => {
    count.assign(count.add(1)); // assigned variables change, whatever is said
    return { y: x.matMul(weight).add(bias), count: count.clone() };
  };
  using changing = await compile(step, { inputs, device: "cpu" });
  using steady = await compile(step, {
    ...{ inputs, device: "cpu" },
    variables: "steady",
  });
  using grow = await compile(() => {
    weight.assign(weight.mul(1.5));
    return { done: tf.scalar(1) };
  }, { inputs: {}, device: "cpu" });
  const x = Float32Array.from({ length: 120 }, random);
  let steps = 0;
  const compare = async () => {
    const expected = await changing.run({ x });
    const found = await steady.run({ x });
    assertEquals([...found.count.data], [steps + 2]);
    assertEquals([...expected.count.data], [steps + 1]);
    steps += 2;
    // sums of 40 products of numbers up to 10, and of 15 after the growth
    assertNear("y", found.y.data, expected.y.data, 41 * EPSILON * 40 * 150);
    return found.y.data;
  };
  const first = await compare();
  bias.assign(tf.ones([50])); // from outside
  const second = await compare();
  assertNear(
    "bias",
    second,
    first.map((value) => value + 1),
    EPSILON * 8000,
  );
  await grow.run({}); // on the device
  const third = await compare();
  assertNear(
    "weight",
    third,
    second.map((value) => 1.5 * (value - 1) + 1),
    82 * EPSILON * 6000,
  );
  tf.dispose([weight, bias, count]);
});

Deno.test("steady variables may be read by steps of one call", async () => {
  const weight = tf.variable(tf.tensor2d([[2, 0], [0, 3]]));
  using twice = await compile(
    ({ x }) => ({ y: x.matMul(weight) }),
    {
      inputs: { x: { shape: [1, 2] } },
      device: "cpu",
      stepsPerCall: 2,
      variables: "steady",
    },
  );
  const { y } = await twice.run({ x: Float32Array.of(1, 1, 5, 7) });
  assertEquals([...y.data], [2, 3, 10, 21]);
  weight.assign(tf.tensor2d([[1, 0], [0, 1]]));
  const later = await twice.run({ x: Float32Array.of(1, 1, 5, 7) });
  assertEquals([...later.y.data], [1, 1, 5, 7]);
  weight.dispose();
});

Deno.test("calls run side by side through the C API alone, and where there is more than one thread", async () => {
  await tf.ready();
  const options = {
    ...{ inputs, tables: {}, outputs: {}, stepsPerCall: 1 },
    variables: "changing",
  } as const;
  const runtimes = [await loadOnnxRuntime(), bindingRuntime(ort)];
  const found = [];
  for (const runtime of runtimes) {
    for (const threads of [1, 2]) {
      for (const parallel of ["operations", "calls"] as const) {
        const given = { ...options, threads, parallel };
        const traced = trace(({ x }) => ({ y: x!.mul(2) }), given, "cpu");
        using session = await GraphSession.open(runtime, traced, given);
        found.push([runtime.kind, threads, parallel, session.isAside]);
      }
    }
  }
  assertEquals(
    found.filter(([, , , isAside]) => isAside),
    [["direct", 2, "calls", true]],
  );
});
