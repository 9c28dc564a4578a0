import type * as tf from "@tensorflow/tfjs";
import { assertEquals, assertRejects } from "@std/assert";
import { compile } from "../../compile/compile.ts";
import { exportOnnx, exportOnnxFiles } from "../../compile/export.ts";
import { resolveDevice } from "../../compile/resolve_device.ts";

/** Options as plain JavaScript or JSON may have them: of any types. */
type Loose = Readonly<Record<string, unknown>>;

/** Takes a function and its options, of which it knows no types. */
type Take = (fn: unknown, options: Loose) => Promise<unknown>;

const takes = {
  compile: compile as unknown as Take, // what the types forbid
  exportOnnx: exportOnnx as unknown as Take, // as above
  exportOnnxFiles: exportOnnxFiles as unknown as Take, // as above
  resolveDevice: ((_, { device }) => resolveDevice(device as "auto")) as Take, // as above
} as const;

/** Options that all would take, of which each case changes one. */
const right: Loose = {
  inputs: { x: { shape: [2] } },
  device: "tfjs",
  dataName: "numbers.data",
};

const data = Float32Array.of(1);

const cases: readonly (readonly [
  take: keyof typeof takes,
  wrong: Loose,
  message: string,
  error?: typeof TypeError,
])[] = [
  [
    "compile",
    { device: "gpu" },
    'Expected device to be cpu, webgpu or tfjs but found "gpu"',
  ],
  [
    "compile",
    { device: undefined },
    "Expected device to be cpu, webgpu or tfjs but found undefined",
  ],
  [
    "compile",
    { parallel: "call" },
    'Expected parallel to be operations or calls but found "call"',
  ],
  [
    "compile",
    { parallel: null },
    "Expected parallel to be operations or calls but found null",
  ],
  [
    "compile",
    { variables: "stable" },
    'Expected variables to be changing or steady but found "stable"',
  ],
  [
    "compile",
    { variables: ["steady"] },
    'Expected variables to be changing or steady but found ["steady"]',
  ],
  ["compile", { threads: 0 }, "Expected threads to be a whole number from 1"],
  ["compile", { threads: 257 }, "to 256 but found 257"],
  ["compile", { threads: null }, "to 256 but found null"],
  ["compile", { stepsPerCall: "2" }, "to be a positive whole number"],
  ["compile", { stepsPerCall: 0 }, "to be a positive whole number"],
  [
    "compile",
    { randomness: "seed" },
    'Expected randomness to name an int32 input but found "seed"',
    TypeError,
  ],
  [
    "compile",
    { inputs: { x: { shape: [2], dtype: "float64" } } },
    'Expected dtype of input "x" to be float32, int32 or bool but found "float64"',
  ],
  [
    "compile",
    { inputs: { x: { shape: 2 } } },
    'Expected the shape of input "x" to be a list of lengths but found 2',
    TypeError,
  ],
  ["compile", { inputs: { x: { shape: ["2"] } } }, "to be whole numbers from"],
  [
    "compile",
    { outputs: { y: "uint8" } },
    'Expected dtype of output "y" to be float32, int32 or bool but found "uint8"',
  ],
  [
    "compile",
    { tables: { t: { data: [1], shape: [1] } } },
    'Expected the data of table "t" to be a Float32Array, Int32Array or Uint8Array but found Array',
    TypeError,
  ],
  [
    "compile",
    { tables: { t: { data, shape: [1], dtype: "byte" } } },
    'Expected dtype of table "t" to be float32, int32 or bool but found "byte"',
  ],
  [
    "compile",
    { tables: { t: { data } } },
    'Expected the shape of table "t" to be a list of lengths but found undefined',
    TypeError,
  ],
  [
    "exportOnnx",
    { name: "" },
    'Expected name to be a text that is not empty but found ""',
    TypeError,
  ],
  [
    "exportOnnx",
    { inputs: { x: { shape: [""] } } },
    'Expected the name of the free axis of input "x" to be a text that is not empty but found ""',
    TypeError,
  ],
  [
    "exportOnnx",
    { inputs: { x: { shape: "batch" } } },
    'Expected the shape of input "x" to be a list of lengths but found "batch"',
    TypeError,
  ],
  [
    "exportOnnx",
    { inputs: { x: { shape: ["batch"], dtype: "half" } } },
    'Expected dtype of input "x" to be float32, int32 or bool but found "half"',
  ],
  [
    "exportOnnx",
    { outputs: { y: 1 } },
    'Expected dtype of output "y" to be float32, int32 or bool but found 1',
  ],
  [
    "exportOnnxFiles",
    { dataName: "" },
    'Expected dataName to be a text that is not empty but found ""',
    TypeError,
  ],
  [
    "exportOnnxFiles",
    { dataName: undefined },
    "Expected dataName to be a text that is not empty but found undefined",
    TypeError,
  ],
  [
    "resolveDevice",
    { device: "gpu" },
    'Expected device to be auto, cpu, webgpu or tfjs but found "gpu"',
  ],
];

for (const [take, wrong, message, error = RangeError] of cases) {
  Deno.test(`${take}() refuses ${JSON.stringify(wrong)} before it calls the function`, async () => {
    let calls = 0;
    const fn = ({ x }: { readonly x: tf.Tensor }) => {
      calls++;
      return { y: x };
    };
    await assertRejects(
      () => takes[take](fn, { ...right, ...wrong }),
      error,
      message,
    );
    assertEquals(calls, 0);
  });
}

Deno.test("compile() and its siblings take the options that each refusal changes", async () => {
  const fn = ({ x }: { readonly x: tf.Tensor }) => ({ y: x.add(1) });
  for (const take of Object.values(takes)) await take(fn, right);
});
