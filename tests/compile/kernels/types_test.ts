import * as tf from "@tensorflow/tfjs";
import * as ort from "onnxruntime-node";
import { assert, assertEquals, assertRejects } from "@std/assert";
import { compile } from "../../../compile/compile.ts";
import { CompileError } from "../../../compile/compile_error.ts";
import { exportOnnx } from "../../../compile/export.ts";
import { KNOWN_KERNELS } from "../../../compile/kernels/operand_types.ts";
import { LOWERED_KERNELS } from "../../../compile/lower/mod.ts";
import { findAdapter } from "../../../compile/run/webgpu_adapter.ts";
import type { ArrayOf, DType } from "../../../compile/dtype.ts";
import type { Device } from "../../../compile/types.ts";
import type { Row } from "./row.ts";
import { ROWS } from "./type_rows.ts";

const TYPES: readonly DType[] = ["float32", "int32", "bool"];
/** Kernels that tfjs writes with others on its own backends. */
const COMPOSED = ["LogSoftmax", "LogicalXor", "BroadcastTo"];
/** What else WebGPU is asked for: a software adapter takes a second for each. */
const ON_WEBGPU = [
  ...["Mean", "FloorDiv", "Mod", "Pow", "Max", "Maximum", "Multiply"],
  ...["Cumsum", "Select", "Concat", "ArgMax", "BatchMatMul", "Relu", "Exp"],
  ...["ClipByValue", "Prod", "PadV2", "Tile", "Sum", "Equal", "Greater"],
];

Deno.test("every kernel that has a rule has a row in the table of types", () => {
  const missing = LOWERED_KERNELS.filter((kernel) => !(kernel in ROWS));
  assertEquals(missing, []);
  const unknown = LOWERED_KERNELS.filter((kernel) =>
    !KNOWN_KERNELS.includes(kernel)
  );
  assertEquals(unknown, []); // what they take
});

/** A choice of types for the operands that may have each. */
type Types = Readonly<Record<string, DType>>;

function choicesOf({ operands }: Row): readonly Types[] {
  return Object.entries(operands).reduce<readonly Types[]>(
    (choices, [name, { dtype }]) =>
      choices.flatMap((choice) => {
        return (dtype ? [dtype] : TYPES).map((type) => ({
          ...choice,
          [name]: type,
        }));
      }),
    [{}],
  );
}

/** The type that the table expects, or nothing. */
function expectedType(row: Row, types: Types): DType | undefined {
  const free = Object.keys(types).filter((name) => !row.operands[name]!.dtype); // a type for each operand
  return row.result(
    free.length > 0 ? free.map((name) => types[name]!) : ["bool"],
  );
}

function arrayFor(numbers: readonly number[], dtype: DType): ArrayOf<DType> {
  if (dtype === "float32") return Float32Array.from(numbers);
  if (dtype === "int32") return Int32Array.from(numbers);
  return Uint8Array.from(numbers, (number) => Number(number !== 0));
}

function feedsOf(row: Row, types: Types): Record<string, ArrayOf<DType>> {
  return Object.fromEntries(
    Object.entries(row.operands).map(([name, { numbers }]) => {
      return [name, arrayFor(numbers, types[name]!)];
    }),
  );
}

/** Calls a kernel; of several results, the first one counts. */
function call(
  kernel: string,
  row: Row,
  tensors: Readonly<Record<string, tf.Tensor>>,
): tf.Tensor {
  const list: unknown = row.isList ? Object.values(tensors) : tensors;
  const inputs = list as tf.NamedTensorMap; // the engine takes lists so as well
  const result: unknown = tf.engine().runKernel(kernel, inputs, row.attributes);
  return [result].flat()[0] as tf.Tensor; // one at least
}

/** What tfjs computes from the same numbers as float32: its kernels of floats are right. */
function oracle(kernel: string, row: Row, types: Types): readonly number[] {
  return tf.tidy(() => {
    const feeds = feedsOf(row, types);
    const tensors = Object.entries(row.operands).map(
      ([name, { shape, dtype }]) => {
        const numbers = Float32Array.from(feeds[name]!);
        return [
          name,
          tf.tensor(numbers, [...shape], dtype ?? "float32"),
        ] as const;
      },
    );
    const found = call(kernel, row, Object.fromEntries(tensors));
    return [...found.dataSync()];
  });
}

/** The kernels that do not exist in tfjs, from its functions. */
function composed(kernel: string, row: Row, types: Types): readonly number[] {
  const feeds = feedsOf(row, types);
  return tf.tidy(() => {
    const [a, b] = Object.values(feeds).map((numbers) => {
      return tf.tensor(Float32Array.from(numbers), [2, 3]);
    });
    if (kernel === "LogSoftmax") return [...tf.logSoftmax(a!).dataSync()];
    if (kernel === "BroadcastTo") {
      return [...tf.broadcastTo(a!, [2, 2, 3]).dataSync()];
    }
    return [...tf.notEqual(a!, b!).dataSync()];
  });
}

function specsOf(row: Row, types: Types, prefix: string) {
  return Object.fromEntries(
    Object.entries(row.operands).map(([name, { shape }]) => {
      return [`${prefix}${name}`, { shape, dtype: types[name]! }] as const;
    }),
  );
}

/** One function of all types that a kernel takes: a result for each. */
function functionOf(kernel: string, row: Row) {
  const choices = choicesOf(row).filter((types) => expectedType(row, types));
  const inputs = Object.assign(
    {},
    ...choices.map((types, i) => specsOf(row, types, `${i}-`)),
  );
  const feeds: Record<string, ArrayOf<DType>> = {};
  const outputs: Record<string, DType> = {};
  choices.forEach((types, i) => {
    outputs[`y${i}`] = expectedType(row, types)!; // filtered above
    for (const [name, array] of Object.entries(feedsOf(row, types))) {
      feeds[`${i}-${name}`] = array;
    }
  });
  const fn = (tensors: Readonly<Record<string, tf.Tensor>>) => {
    const results = choices.map((_, i) => {
      const own = Object.keys(row.operands).map((name) => {
        return [name, tensors[`${i}-${name}`]!] as const;
      });
      return [`y${i}`, call(kernel, row, Object.fromEntries(own))] as const;
    });
    return Object.fromEntries(results);
  };
  return { choices, inputs, outputs, feeds, fn };
}

function check(
  kernel: string,
  row: Row,
  types: Types,
  found: ArrayLike<number>,
): void {
  const expected = COMPOSED.includes(kernel)
    ? composed(kernel, row, types)
    : oracle(kernel, row, types);
  const dtype = expectedType(row, types);
  const what = `${kernel} of ${Object.values(types)}`;
  assertEquals(found.length, expected.length, what);
  expected.forEach((value, i) => {
    const right = dtype === "float32" ? value : wholeOf(dtype!, value); // it was computed
    const isNear = Object.is(right, found[i]) ||
      right === found[i] ||
      Math.abs(right - found[i]!) <= 1e-5 * Math.max(1, Math.abs(right)); // as many
    assert(isNear, `${what}: found ${Array.from(found)}, expected ${expected}`);
  });
}

/** The number of int32 or bool that stands for one of float32: quotients of integers are rounded down. */
function wholeOf(dtype: DType, value: number): number {
  return dtype === "bool" ? Number(value !== 0) : Math.floor(value) | 0;
}

for (const device of ["cpu", "tfjs", "webgpu"] as const) {
  const kernels = LOWERED_KERNELS.filter((kernel) => {
    if (device === "webgpu") return ON_WEBGPU.includes(kernel);
    return device === "cpu" || !COMPOSED.includes(kernel);
  });
  Deno.test({
    name:
      `kernels give the right type and numbers for every type of operands, ${device}`,
    ignore: device === "webgpu" && !await findAdapter(),
    sanitizeResources: device !== "webgpu",
    sanitizeOps: device !== "webgpu",
    fn: async (t) => {
      for (const kernel of kernels) {
        await t.step(kernel, () => checkTypes(kernel, device));
      }
    },
  });
}

async function checkTypes(kernel: string, device: Device): Promise<void> {
  const row = ROWS[kernel]!; // checked above
  const { choices, inputs, outputs, feeds, fn } = functionOf(kernel, row);
  using step = await compile(fn, { inputs, outputs, device, threads: 1 });
  const results = await step.run(feeds as never); // of types known only at run time
  choices.forEach((types, i) =>
    check(kernel, row, types, results[`y${i}`]!.data)
  );
  if (device === "webgpu") return;
  for (const types of choicesOf(row)) {
    if (expectedType(row, types)) continue;
    const error = await assertRejects(async () => {
      const tensors = { inputs: specsOf(row, types, ""), device };
      using refused = await compile((own) => {
        return { y: call(kernel, row, own).cast("float32") };
      }, tensors);
      await refused.run(feedsOf(row, types) as never); // device tfjs calls the function here
    }, CompileError);
    assert(
      error.message.includes(kernel) && error.message.includes("cast"),
      error.message,
    );
  }
}

Deno.test("exported files give the right type and numbers for every type of operands", async (t) => {
  for (const kernel of LOWERED_KERNELS) {
    await t.step(kernel, async () => {
      const row = ROWS[kernel]!; // checked above
      const { choices, inputs, outputs, feeds, fn } = functionOf(kernel, row);
      const bytes = await exportOnnx(fn, { inputs, outputs });
      const session = await ort.InferenceSession.create(bytes);
      const tensors = Object.entries(feeds).map(([name, array]) => {
        const { shape, dtype } = inputs[name]!; // a spec for each
        return [
          name,
          new ort.Tensor(dtype, array as Uint8Array, shape),
        ] as const;
      });
      const results = await session.run(Object.fromEntries(tensors));
      choices.forEach((types, i) => {
        const found = results[`y${i}`]!; // an output for each
        assertEquals(found.type as string, expectedType(row, types));
        check(kernel, row, types, found.data as Float32Array);
      });
      await session.release();
    });
  }
});
