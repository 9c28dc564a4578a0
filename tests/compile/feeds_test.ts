import * as tf from "@tensorflow/tfjs";
import { assertEquals, assertRejects } from "@std/assert";
import { compile } from "../../compile/compile.ts";
import { exportOnnx } from "../../compile/export.ts";
import { truthValues } from "../../compile/run/feed.ts";
import { findAdapter } from "../../compile/run/webgpu_adapter.ts";

for (const device of ["cpu", "tfjs", "webgpu"] as const) {
  Deno.test({
    name:
      `every byte but 0 is true, in feeds, tables, variables and constants, ${device}`,
    ignore: device === "webgpu" && !await findAdapter(),
    sanitizeResources: device !== "webgpu",
    sanitizeOps: device !== "webgpu",
    fn: async () => {
      const bytes = Uint8Array.of(255, 2, 0, 1);
      const variable = tf.variable(tf.tensor1d(bytes, "bool"));
      const constant = tf.tensor1d(bytes, "bool");
      const results = (mask: tf.Tensor) => ({
        not: tf.logicalNot(mask).toFloat(),
        and: tf.logicalAnd(mask, tf.onesLike(mask)).toFloat(),
        count: tf.sum(mask).toFloat(),
        isTrue: tf.equal(mask, tf.onesLike(mask)).toFloat(),
        number: mask.toFloat(),
        chosen: tf.where(mask, tf.ones([4]), tf.zeros([4])),
      });
      using step = await compile(({ mask, table, wide }) => {
        const all = { mask, table, wide, variable, constant };
        return Object.fromEntries(
          Object.entries(all).flatMap(([name, tensor]) =>
            Object.entries(results(tensor)).map(([key, value]) =>
              [`${name} ${key}`, value] as const
            )
          ),
        );
      }, {
        inputs: { mask: { shape: [4], dtype: "bool" } },
        tables: {
          table: { data: bytes, shape: [4], dtype: "bool" },
          wide: { data: Float32Array.from(bytes), shape: [4], dtype: "bool" },
        },
        device,
      });
      const found = await step.run({ mask: bytes });
      const right: Readonly<Record<string, readonly number[]>> = {
        not: [0, 0, 1, 0],
        and: [1, 1, 0, 1],
        count: [3],
        isTrue: [1, 1, 0, 1],
        number: [1, 1, 0, 1],
        chosen: [1, 1, 0, 1],
      };
      for (const [name, { data }] of Object.entries(found)) {
        assertEquals([...data], [...right[name.split(" ")[1]!]!], name);
      }
      const twos = await step.run({ mask: Uint8Array.of(2, 2, 0, 0) });
      assertEquals([...twos["mask not"]!.data], [0, 0, 1, 1]);
      assertEquals([...twos["mask count"]!.data], [2]);
      tf.dispose([variable, constant]);
    },
  });
}

Deno.test("run() refuses numbers that the type of an input does not hold", async () => {
  for (const device of ["cpu", "tfjs"] as const) {
    using step = await compile(({ n, x, flag }) => ({
      y: n.toFloat().add(x).add(flag.toFloat()),
    }), {
      inputs: {
        n: { shape: [], dtype: "int32" },
        x: { shape: [] },
        flag: { shape: [], dtype: "bool" },
      },
      device,
    });
    for (const n of [1.5, NaN, 1e10, Infinity, 2147483648]) {
      await assertRejects(
        () => step.run({ n, x: 0, flag: true }),
        RangeError,
        `Expected input "n" to be a whole number from -2147483648 to 2147483647 but found ${n}`,
      );
    }
    await assertRejects(
      () => step.run({ n: 1, x: 1e39, flag: true }),
      RangeError,
      'Expected input "x" to be a number within the range of float32 but found 1e+39',
    );
    await assertRejects(
      // @ts-expect-error a number is no bool
      () => step.run({ n: 1, x: 0, flag: 2 }),
      TypeError,
      'Expected input "flag" to be bool but found 2',
    );
    const { y } = await step.run({ n: -3, x: Infinity, flag: false });
    assertEquals(y.item(), Infinity);
  }
});

Deno.test("compile() refuses threads, shapes and tables that no machine has", async () => {
  const x = { shape: [2] } as const;
  for (const threads of [0, -1, 1.5, NaN, 2000]) {
    await assertRejects(
      () =>
        compile(({ x }) => ({ y: x }), {
          inputs: { x },
          device: "cpu",
          threads,
        }),
      RangeError,
      `Expected threads to be a whole number from 1 to 256 but found ${threads}`,
    );
  }
  for (const length of [-1, 1.5, NaN]) {
    const inputs = { x: { shape: [length, 2] } };
    const message =
      `Expected the lengths of the axes of input "x" to be whole numbers from 0 on but found ${length}`;
    for (const device of ["cpu", "tfjs"] as const) {
      await assertRejects(
        () => compile(({ x }) => ({ y: x }), { inputs, device }),
        RangeError,
        message,
      );
    }
    await assertRejects(
      () => exportOnnx(({ x }) => ({ y: x.mul(2) }), { inputs }),
      RangeError,
      message,
    );
  }
  const tables = {
    t: { data: Float32Array.of(1, 1.5), shape: [2], dtype: "int32" },
  } as const;
  await assertRejects(
    () =>
      compile(({ t }) => ({ y: t.toFloat() }), {
        inputs: {},
        tables,
        device: "cpu",
      }),
    RangeError,
    'Expected table "t" to hold int32 but found 1.5',
  );
});

Deno.test("run() refuses a variable that was disposed of, by name", async () => {
  const variable = tf.variable(tf.scalar(1), true, "weight");
  using step = await compile(() => ({ y: variable.mul(2) }), {
    inputs: {},
    device: "cpu",
  });
  await step.run({});
  variable.dispose();
  await assertRejects(
    () => step.run({}),
    TypeError,
    'Cannot run a compiled function whose variable "weight" was disposed of',
  );
});

Deno.test("a constant of one number throughout may have any size", async () => {
  using step = await compile(({ x }) => ({
    y: tf.ones([1100, 4000]).mul(x).mean(),
  }), { inputs: { x: { shape: [1, 4000] } }, device: "cpu" });
  const { y } = await step.run({ x: new Float32Array(4000).fill(0.5) });
  assertEquals(y.item(), 0.5);
});

Deno.test("truthValues() finds a byte above 1 at any place of any view, and leaves the others alone", () => {
  for (let start = 0; start < 5; start++) {
    for (let length = 0; length < 14; length++) {
      const view = () =>
        new Uint8Array(32).fill(7).subarray(start, start + length).fill(1);
      const right = view();
      assertEquals(truthValues(right) === right, true);
      for (let at = 0; at < length; at++) {
        const wrong = view();
        wrong[at] = 2;
        assertEquals(truthValues(wrong), view());
        assertEquals(wrong[at], 2); // a copy was mended
      }
    }
  }
});
