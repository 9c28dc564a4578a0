import { assertEquals } from "@std/assert";
import { loadOnnxRuntime } from "../../../compile/run/native/load.ts";
import type { NativeRuntime } from "../../../compile/run/native/runtime.ts";
import {
  WaitingSessions,
  waitsTaken,
} from "../../../compile/run/waiting_sessions.ts";
import type { Waiting } from "../../../compile/run/wait_choice.ts";
import { encode } from "../../../compile/onnx/encode.ts";
import { random } from "../agreement.ts";

const model = encode({
  graph: {
    name: "product",
    nodes: [
      { op: "MatMul", inputs: ["a", "b"], outputs: ["y"], attributes: {} },
    ],
    inputs: [
      { name: "a", dtype: "float32", shape: [96, 300] },
      { name: "b", dtype: "float32", shape: [300, 64] },
    ],
    outputs: [{ name: "y", dtype: "float32", shape: [96, 64] }],
    tensors: [],
  },
});
const a = Float32Array.from({ length: 96 * 300 }, random);
const b = Float32Array.from({ length: 300 * 64 }, random);

/** The product with threads that wait one way. */
async function product(
  runtime: NativeRuntime,
  waiting: Waiting,
): Promise<Float32Array> {
  using session = await runtime.session(model, 2, waiting);
  using left = runtime.tensor(a, [96, 300], "float32");
  using right = runtime.tensor(b, [300, 64], "float32");
  const y = new Float32Array(96 * 64);
  using result = runtime.tensor(y, [96, 64], "float32");
  await session.run({ a: left, b: right }, { y: result });
  return y;
}

Deno.test("threads that sleep compute the bits of threads that spin", async () => {
  const runtime = await loadOnnxRuntime();
  assertEquals(
    await product(runtime, "asleep"),
    await product(runtime, "spinning"),
  );
});

Deno.test("sessions say how their threads have waited, and one thread waits for none", async () => {
  const runtime = await loadOnnxRuntime();
  for (const [threads, ways] of [[1, []], [2, ["spinning"]]] as const) {
    waitsTaken();
    using sessions = await WaitingSessions.open(runtime, model, threads);
    using left = runtime.tensor(a, [96, 300], "float32");
    using right = runtime.tensor(b, [300, 64], "float32");
    const y = new Float32Array(96 * 64);
    using result = runtime.tensor(y, [96, 64], "float32");
    await sessions.run({ a: left, b: right }, { y: result }, 1);
    assertEquals(sessions.waiting, ways[0]);
    assertEquals(waitsTaken(), ways);
    assertEquals(waitsTaken(), []);
  }
});
