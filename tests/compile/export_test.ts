import * as tf from "@tensorflow/tfjs";
import * as ort from "onnxruntime-node";
import { assertEquals, assertRejects } from "@std/assert";
import { compile } from "../../compile/compile.ts";
import { CompileError } from "../../compile/compile_error.ts";
import { exportOnnx } from "../../compile/export.ts";
import { assertNear, EPSILON, random } from "./agreement.ts";

Deno.test("exportOnnx() writes a file that another runtime loads and computes the same with", async () => {
  const weights = tf.variable(
    tf.tensor(Float32Array.from({ length: 12 }, random), [3, 4]),
  );
  const bias = tf.variable(tf.zeros([4]));
  const table = {
    data: Uint8Array.of(3, 1, 4, 1, 5, 9),
    shape: [2, 3],
  } as const;
  const decode = ({ latents, rows, table }: {
    readonly latents: tf.Tensor3D;
    readonly rows: tf.Tensor1D;
    readonly table: tf.Tensor2D;
  }) => {
    const picked = tf.gather(table, rows).cast("float32");
    const scores = tf.matMul(latents.add(picked), latents, false, true); // of stacks: two operations in plain ONNX
    return {
      logits: latents.matMul(weights.expandDims(0)).add(bias).sigmoid(),
      scores,
    };
  };
  const inputs = {
    latents: { shape: [2, 2, 3] },
    rows: { shape: [2], dtype: "int32" },
  } as const;
  const tables = { table };
  using update = await compile(() => {
    bias.assign(bias.add(0.5));
    return { bias: bias.clone() };
  }, { inputs: {}, device: "cpu" });
  await update.run({});
  const bytes = await exportOnnx(decode, {
    inputs,
    tables,
    name: "decoder",
    doc: "A decoder",
  });
  const session = await ort.InferenceSession.create(bytes);
  assertEquals([...session.inputNames], ["latents", "rows"]);
  assertEquals([...session.outputNames], ["logits", "scores"]);
  const text = new TextDecoder("latin1").decode(bytes);
  assertEquals(text.includes("com.microsoft"), false);
  assertEquals(
    ["lowerbound", "decoder", "A decoder"].map((word) => text.includes(word)),
    [true, true, true],
  );
  const latents = Float32Array.from({ length: 12 }, random);
  const rows = Int32Array.of(1, 0);
  const found = await session.run({
    latents: new ort.Tensor("float32", latents, [2, 2, 3]),
    rows: new ort.Tensor("int32", rows, [2]),
  });
  using eager = await compile(decode, { inputs, tables, device: "tfjs" });
  const expected = await eager.run({ latents, rows });
  for (const [name, output] of Object.entries(expected)) {
    // Sums of 3 products of numbers up to 10.
    assertNear(
      name,
      found[name]!.data as Float32Array,
      output.data,
      8 * EPSILON * 30,
    );
    assertEquals(found[name]!.dims, output.shape);
  }
  await session.release();
  tf.dispose([weights, bias]);
});

Deno.test("exportOnnx() refuses a function with state, and names that clash", async () => {
  const variable = tf.variable(tf.scalar(1));
  await assertRejects(
    () =>
      exportOnnx(() => {
        variable.assign(variable.add(1));
        return { y: variable.clone() };
      }, { inputs: {} }),
    CompileError,
    "Cannot export a function that assigns variables",
  );
  await assertRejects(
    () =>
      exportOnnx(({ x }) => ({ x: x.mul(2) }), {
        inputs: { x: { shape: [1] } },
      }),
    CompileError,
    'of the same name "x"',
  );
  variable.dispose();
});
