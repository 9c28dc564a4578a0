import * as ort from "onnxruntime-node";
import { assertEquals, assertRejects, assertThrows } from "@std/assert";
import { bindingRuntime } from "../../../compile/run/native/binding.ts";
import { directRuntime } from "../../../compile/run/native/direct.ts";
import { findLibrary } from "../../../compile/run/native/find_library.ts";
import type { NativeRuntime } from "../../../compile/run/native/runtime.ts";
import { encode } from "../../../compile/onnx/encode.ts";
import type { OnnxGraph } from "../../../compile/onnx/model.ts";
import { random } from "../agreement.ts";

/** y = a b, and whether c, for any number of rows of a. */
const graph: OnnxGraph = {
  name: "product",
  nodes: [
    { op: "MatMul", inputs: ["a", "b"], outputs: ["y"], attributes: {} },
    { op: "Not", inputs: ["c"], outputs: ["not"], attributes: {} },
  ],
  inputs: [
    { name: "a", dtype: "float32", shape: ["rows", 64] },
    { name: "b", dtype: "float32", shape: [64, 48] },
    { name: "c", dtype: "bool", shape: [2] },
  ],
  outputs: [
    { name: "y", dtype: "float32", shape: ["rows", 48] },
    { name: "not", dtype: "bool", shape: [2] },
  ],
  tensors: [],
};

const model = encode({ graph });
const a = Float32Array.from({ length: 33 * 64 }, random);
const b = Float32Array.from({ length: 64 * 48 }, random);

interface Result {
  readonly y: Float32Array;
  readonly not: Uint8Array;
}

/** Runs the graph on some rows of a, into arrays that are given. */
async function product(
  runtime: NativeRuntime,
  rows: number,
): Promise<Result> {
  using session = await runtime.session(model, 2);
  const y = new Float32Array(rows * 48 + 1).subarray(1); // not at the beginning of its memory
  const not = new Uint8Array(2);
  using first = runtime.tensor(a.subarray(0, rows * 64), [rows, 64], "float32");
  using second = runtime.tensor(b, [64, 48], "float32");
  using third = runtime.tensor(Uint8Array.of(1, 0), [2], "bool");
  using result = runtime.tensor(y, [rows, 48], "float32");
  using negation = runtime.tensor(not, [2], "bool");
  await session.run({ a: first, b: second, c: third }, {
    y: result,
    not: negation,
  });
  return { y, not };
}

const runtimes = {
  binding: bindingRuntime(ort),
  direct: directRuntime(findLibrary()!), // tests may call all libraries
};

for (const [name, runtime] of Object.entries(runtimes)) {
  Deno.test(`ONNX Runtime writes into the arrays that it is given, ${name}`, async () => {
    const { y, not } = await product(runtime, 33);
    const expected = Float64Array.from(y, (_, at) => {
      const [row, column] = [Math.floor(at / 48), at % 48];
      let sum = 0;
      for (let i = 0; i < 64; i++) {
        sum += a[row * 64 + i]! * b[i * 48 + column]!;
      }
      return sum;
    });
    const errors = expected.map((value, i) => Math.abs(value - y[i]!));
    // 64 products and as many sums, of terms of at most 1: each rounds by at most 2^-24 of 64
    assertEquals(Math.max(...errors) < 64 * 64 * 2 ** -24, true);
    assertEquals([...not], [0, 1]);
  });

  Deno.test(`ONNX Runtime computes nothing from nothing, ${name}`, async () => {
    assertEquals((await product(runtime, 0)).y.length, 0);
  });

  Deno.test(`ONNX Runtime says what is wrong, and runs again, ${name}`, async () => {
    using session = await runtime.session(model, 1);
    using short = runtime.tensor(a.subarray(0, 63), [1, 63], "float32");
    using second = runtime.tensor(b, [64, 48], "float32");
    using third = runtime.tensor(Uint8Array.of(1, 0), [2], "bool");
    using y = runtime.tensor(new Float32Array(48), [1, 48], "float32");
    using not = runtime.tensor(new Uint8Array(2), [2], "bool");
    const [feeds, fetches] = [{ b: second, c: third }, { y, not }];
    await assertRejects(
      () => session.run({ ...feeds, a: short }, fetches),
      Error,
      "Got: 63 Expected: 64",
    );
    using right = runtime.tensor(a.subarray(0, 64), [1, 64], "float32");
    await session.run({ ...feeds, a: right }, fetches);
    assertEquals(not.data, Uint8Array.of(0, 1));
    await assertRejects(
      async () => void await runtime.session(Uint8Array.of(1, 2, 3), 1),
      Error,
      "protobuf",
    );
  });
}

Deno.test("ONNX Runtime computes the same through its C API and through its package", async () => {
  const found = await product(runtimes.direct, 33);
  assertEquals(found, await product(runtimes.binding, 33));
});

Deno.test("a tensor is of the type that its array has", () => {
  for (const runtime of Object.values(runtimes)) {
    assertThrows(
      () => runtime.tensor(Int32Array.of(1, 2), [2], "float32"),
      TypeError,
      "float32",
    );
  }
});

Deno.test("what the C API made can be disposed of twice, and not be used after", async () => {
  const { direct } = runtimes;
  using c = direct.tensor(Uint8Array.of(1, 0), [2], "bool");
  const tensor = direct.tensor(b, [64, 48], "float32");
  const session = await direct.session(model, 1);
  for (const each of [tensor, tensor, session, session]) each[Symbol.dispose]();
  for (const feeds of [{ a: c, b: tensor, c }, { a: c, b: c, c }]) {
    await assertRejects(() => session.run(feeds, {}), TypeError, "disposed of");
  }
});

Deno.test("ONNX Runtime is reached through its package where only some libraries are allowed, with the same results", async () => {
  const probe = new URL("./native_probe.ts", import.meta.url);
  const found = [];
  for (const ffi of ["--allow-ffi", "--allow-ffi=node_modules"]) {
    const permissions = ["--allow-read", "--allow-env", "--allow-sys", ffi];
    const flags = ["-q", "--no-check", "--no-prompt", ...permissions];
    const command = new Deno.Command(Deno.execPath(), {
      args: ["run", ...flags, probe.href],
    });
    const { stdout, stderr } = await command.output();
    assertEquals(new TextDecoder().decode(stderr), "");
    found.push(JSON.parse(new TextDecoder().decode(stdout)));
  }
  const [direct, binding] = found;
  assertEquals([direct.kind, binding.kind], ["direct", "binding"]);
  assertEquals(direct.results, binding.results);
  assertEquals(direct.results.length, 23);
});
