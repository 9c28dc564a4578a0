import * as tf from "@tensorflow/tfjs";
import { assert, assertEquals, assertRejects } from "@std/assert";
import * as ort from "onnxruntime-node";
import { compile } from "../../compile/compile.ts";
import { CompileError } from "../../compile/compile_error.ts";
import { exportOnnx } from "../../compile/export.ts";
import { findAdapter } from "../../compile/run/webgpu_adapter.ts";

type Tensors = Readonly<Record<"table" | "ids", tf.Tensor>>;

/** The same numbers, which the graph computes. */
function computed(ids: tf.Tensor): tf.Tensor {
  const one = tf.scalar(1, "int32");
  return ids.sub(one).add(one);
}

/** What is indexed, [rows, 2], by ids, [4]. */
const USES: Readonly<Record<string, (t: Tensors, rows: number) => tf.Tensor>> =
  {
    gather: ({ table, ids }) => tf.gather(table, ids as tf.Tensor1D),
    "gather of reshaped ids": ({ table, ids }) =>
      tf.gather(table, ids.reshape([2, 2]) as tf.Tensor2D),
    "gather of computed ids": ({ table, ids }) =>
      tf.gather(table, computed(ids) as tf.Tensor1D),
    "gather in a batch": ({ table, ids }) => {
      return tf.gather(
        table.transpose(),
        ids.reshape([2, 2]) as tf.Tensor2D,
        1,
        1,
      );
    },
    gatherND: ({ table, ids }) => tf.gatherND(table, ids.reshape([4, 1])),
    "gatherND of pairs": ({ table, ids }) => {
      const columns = tf.tensor2d([0, 1, 0, 1], [4, 1], "int32");
      return tf.gatherND(table, tf.concat([ids.reshape([4, 1]), columns], 1));
    },
    scatterND: ({ table, ids }, rows) => {
      const updates = tf.gather(table, tf.tensor1d([0, 1, 0, 1], "int32"));
      return tf.scatterND(ids.reshape([4, 1]), updates, [rows, 2]);
    },
    "gradient of gather": ({ table, ids }) => {
      return tf.grad((x: tf.Tensor) => tf.gather(x, ids as tf.Tensor1D).sum())(
        table,
      );
    },
    "gradient of gather of computed ids in two axes": ({ table, ids }) => {
      const rows = computed(ids).reshape([2, 2])
        .transpose();
      const sum = (x: tf.Tensor) => tf.gather(x, rows as tf.Tensor2D).sum();
      return tf.grad(sum)(table);
    },
    "gradient of gather of computed ids": ({ table, ids }) => {
      const rows = computed(ids) as tf.Tensor1D;
      return tf.grad((x: tf.Tensor) => tf.gather(x, rows).sum())(table);
    },
  };

for (const device of ["cpu", "tfjs", "webgpu"] as const) {
  Deno.test({
    name:
      `an index out of bounds is an error that names it, in every kernel and size, ${device}`,
    ignore: device === "webgpu" && !await findAdapter(),
    sanitizeResources: device !== "webgpu",
    sanitizeOps: device !== "webgpu",
    fn: async (t) => {
      for (const rows of device === "webgpu" ? [3] : [3, 512, 600]) {
        for (const [name, fn] of Object.entries(USES)) {
          await t.step(`${name}, ${rows} rows`, async () => {
            using step = await compile(
              (tensors) => ({ y: fn(tensors, rows) }),
              {
                inputs: {
                  table: { shape: [rows, 2] },
                  ids: { shape: [4], dtype: "int32" },
                },
                device,
                threads: 1,
              },
            );
            const table = Float32Array.from({ length: rows * 2 }, (_, i) => i);
            for (const index of [-1, rows, -rows, 2147483647, -2147483648]) {
              const ids = Int32Array.of(0, 1, index, rows - 1);
              const error = await assertRejects(
                () => step.run({ table, ids }),
                RangeError,
              );
              assert(
                error.message.includes(
                  `from 0 to ${rows - 1} but found ${index}`,
                ),
                error.message,
              );
              assert(
                device === "tfjs" || error.message.includes('"ids"'),
                error.message,
              );
            }
            const { y } = await step.run({
              table,
              ids: Int32Array.of(0, 1, 2, rows - 1),
            });
            assert(y.data.every(Number.isFinite));
          });
        }
      }
    },
  });
}

Deno.test("gatherND checks each axis, not only the row that its indices name together", async () => {
  for (const device of ["cpu", "tfjs"] as const) {
    using step = await compile(({ at }) => ({
      picked: tf.gatherND(tf.tensor2d([[1, 2, 3], [4, 5, 6]]), at),
      placed: tf.scatterND(at, tf.tensor1d([1]), [2, 3]),
    }), { inputs: { at: { shape: [1, 2], dtype: "int32" } }, device });
    const { picked } = await step.run({ at: Int32Array.of(1, 2) });
    assertEquals([...picked.data], [6]);
    await assertRejects(
      () => step.run({ at: Int32Array.of(0, 4) }),
      RangeError,
      "from 0 to 2 but found 4",
    );
    await assertRejects(
      () => step.run({ at: Int32Array.of(2, 0) }),
      RangeError,
      "from 0 to 1 but found 2",
    );
  }
});

Deno.test("indices into two axes are checked by their own axis, also in another order", async () => {
  using step = await compile(({ at }) => ({
    picked: tf.gatherND(tf.tensor2d([[1, 2, 3], [4, 5, 6]]), at.transpose()),
  }), { inputs: { at: { shape: [2, 2], dtype: "int32" } }, device: "cpu" });
  const { picked } = await step.run({ at: Int32Array.of(0, 1, 2, 2) }); // [0, 2] and [1, 2]
  assertEquals([...picked.data], [3, 6]);
  await assertRejects(
    () => step.run({ at: Int32Array.of(2, 1, 0, 2) }), // [2, 0] and [1, 2]
    RangeError,
    "from 0 to 1 but found 2 at 0",
  );
});

Deno.test("only the ids that are used are checked where they are a part of an input", async () => {
  using step = await compile(({ table, windows }) => {
    const source = windows.slice([0, 0], [2, 3]) as tf.Tensor2D;
    return { y: tf.gather(table, source) };
  }, {
    inputs: {
      table: { shape: [3] },
      windows: { shape: [2, 4], dtype: "int32" },
    },
    device: "cpu",
    stepsPerCall: 2,
  });
  const windows = Int32Array.of(
    0,
    1,
    2,
    -9,
    2,
    1,
    0,
    99,
    0,
    1,
    2,
    -9,
    2,
    1,
    0,
    7,
  );
  const { y } = await step.run({
    table: Float32Array.of(5, 6, 7, 5, 6, 7),
    windows,
  });
  assertEquals([...y.data.slice(0, 6)], [5, 6, 7, 7, 6, 5]);
  await assertRejects(
    () =>
      step.run({ table: new Float32Array(6), windows: windows.with(13, 3) }),
    RangeError,
    'Expected the indices in input "windows" to be from 0 to 2 but found 3 at 13 (GatherV2)',
  );
});

Deno.test("indices that are known are refused when compiling", async () => {
  const known = (index: number) =>
    compile(({ x }) => ({
      y: tf.gather(x, tf.tensor1d([0, index], "int32")),
    }), { inputs: { x: { shape: [3] } }, device: "cpu" });
  await assertRejects(
    () => known(3),
    CompileError,
    "Expected indices of GatherV2 to be from 0 to 2 but found 3",
  );
  await assertRejects(
    () => known(-1),
    CompileError,
    "from 0 to 2 but found -1",
  );
  for (const device of ["cpu", "tfjs"] as const) {
    await assertRejects(
      async () => {
        using step = await compile(({ x }) => ({ y: x.slice([-1], [1]) }), {
          inputs: { x: { shape: [3] } },
          device,
        });
        await step.run({ x: new Float32Array(3) });
      },
      CompileError,
      "Expected a slice within axis 0 of length 3 but found 1 from -1",
    );
  }
});

Deno.test("an exported file refuses indices out of bounds, also those below 0", async () => {
  const bytes = await exportOnnx(
    ({ ids }) => ({ y: tf.gather(tf.tensor1d([1, 2, 4]), ids as tf.Tensor1D) }),
    {
      inputs: { ids: { shape: [1], dtype: "int32" } },
    },
  );
  const session = await ort.InferenceSession.create(bytes, {
    logSeverityLevel: 4,
  });
  const run = (index: number) =>
    session.run({ ids: new ort.Tensor("int32", Int32Array.of(index), [1]) });
  assertEquals([...(await run(2))["y"]!.data as Float32Array], [4]);
  for (const index of [-1, 3]) {
    await assertRejects(() => run(index), Error, "out of data bounds");
  }
});
