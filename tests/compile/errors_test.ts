import * as tf from "@tensorflow/tfjs";
import { assertEquals, assertRejects } from "@std/assert";
import { compile } from "../../compile/compile.ts";
import { CompileError } from "../../compile/compile_error.ts";

type Fn = (
  tensors: { readonly x: tf.Tensor1D },
) => Readonly<Record<string, tf.Tensor>>;

const X = { x: { shape: [4] } } as const;

async function refuses(fn: Fn, message: string): Promise<void> {
  const [tensors, backend] = [tf.memory().numTensors, tf.getBackend()];
  await assertRejects(
    () => compile(fn, { inputs: X, device: "cpu" }),
    CompileError,
    message,
  );
  assertEquals(tf.memory().numTensors, tensors);
  assertEquals(tf.getBackend(), backend);
}

Deno.test("compile() refuses a kernel it does not know, by name", async () => {
  await refuses(
    ({ x }) => ({ y: tf.real(tf.spectral.rfft(x)) }),
    "Cannot compile Complex for cpu: write it with other operations",
  );
  await refuses(
    ({ x }) => ({ y: tf.unique(x).values }),
    "Cannot compile Unique for cpu",
  );
});

Deno.test("compile() refuses to read a symbolic tensor", async () => {
  const message = "Cannot read the numbers of a tensor while compiling";
  await refuses(({ x }) => ({ y: x.mul(x.sum().dataSync()[0]!) }), message);
  await refuses(({ x }) => {
    x.sum().data().catch(() => {});
    return { y: x };
  }, message);
});

Deno.test("compile() refuses baked randomness, by the name of the operation", async () => {
  const remedy =
    "draws random numbers: make it outside and pass it as an input";
  await refuses(
    ({ x }) => ({ y: x.add(tf.randomNormal([4])) }),
    `Cannot compile randomNormal of shape [4], which ${remedy}`,
  );
  await refuses(
    ({ x }) => ({ y: tf.dropout(x, 0.5) }),
    `Cannot compile dropout of shape [4], which ${remedy}`,
  );
  await refuses(
    ({ x }) => ({
      y: tf.layers.dropout({ rate: 0.5 }).apply(x, {
        training: true,
      }) as tf.Tensor,
    }),
    "dropout",
  );
  await refuses(
    ({ x }) => ({ y: tf.multinomial(x, 2).cast("float32") }),
    "Cannot compile Multinomial, which draws random numbers",
  );
});

Deno.test("compile() refuses a constant that changes from call to call", async () => {
  let calls = 0;
  await refuses(
    ({ x }) => ({ y: x.mul(tf.scalar(calls++)) }),
    "changes from call to call",
  );
});

Deno.test("compile() takes seeded random numbers for the constants they are", async () => {
  using step = await compile(
    ({ x }) => ({ y: x.add(tf.randomUniform([4], 0, 1, "float32", 3)) }),
    { inputs: X, device: "cpu" },
  );
  const { y } = await step.run({ x: new Float32Array(4) });
  const expected = tf.tidy(() =>
    tf.randomUniform([4], 0, 1, "float32", 3).dataSync()
  );
  assertEquals(y.data, expected as Float32Array);
});

Deno.test("compile() refuses a variable created at every call", async () => {
  const made: tf.Variable[] = [];
  const message = "Cannot create a variable at every call";
  await assertRejects(
    () =>
      compile(({ x }) => {
        const variable = tf.variable(tf.zeros([4]));
        made.push(variable);
        return { y: x.add(variable) };
      }, { inputs: X, device: "cpu" }),
    CompileError,
    message,
  );
  made.forEach((variable) => variable.dispose());
});

Deno.test("compile() refuses a huge constant", async () => {
  const huge = tf.range(0, 5 * 2 ** 20);
  await refuses(
    ({ x }) => ({ y: x.add(huge.sum()) }),
    "Expected constants of at most 16 MiB but found 20 MiB of shape [5242880]: pass it as a table",
  );
  huge.dispose();
});

Deno.test("compile() refuses a promise, and outputs of another type", async () => {
  const later =
    (({ x }: { x: tf.Tensor }) => Promise.resolve({ y: x })) as unknown as Fn; // what the types forbid
  await refuses(later, "Expected a synchronous function but found a promise");
  await refuses(
    ({ x }) => ({ y: x.greater(0) }),
    'Expected output "y" to be float32 but found bool',
  );
});

Deno.test("run() refuses wrong inputs before anything runs", async () => {
  for (const device of ["cpu", "tfjs"] as const) {
    using step = await compile(
      ({ x, n }) => ({ y: x.mul(n.cast("float32")) }),
      {
        inputs: { ...X, n: { shape: [], dtype: "int32" } },
        device,
      },
    );
    const x = new Float32Array(4);
    await assertRejects(
      // @ts-expect-error `n` is missing
      () => step.run({ x }),
      TypeError,
      'Expected input "n" to be int32 but found undefined',
    );
    const extra = { x, n: 1, z: 1 };
    await assertRejects(
      () => step.run(extra),
      TypeError,
      'Expected inputs x, n but found "z"',
    );
    await assertRejects(
      () => step.run({ x: new Float32Array(3), n: 1 }),
      RangeError,
      'Expected 4 numbers for input "x" of shape [4] but found 3',
    );
    await assertRejects(
      // @ts-expect-error floats are no integers
      () => step.run({ x, n: Float32Array.of(1) }),
      TypeError,
      'Expected input "n" to be int32 but found Float32Array',
    );
    step.dispose();
    await assertRejects(
      () => step.run({ x, n: 1 }),
      TypeError,
      "Cannot run a compiled function after its disposal",
    );
  }
});

Deno.test("run() refuses more steps than a call has, and inputs that disagree", async () => {
  using step = await compile(({ x, y }) => ({ sum: x.add(y).sum() }), {
    inputs: { x: { shape: [2] }, y: { shape: [] } },
    device: "cpu",
    stepsPerCall: 3,
  });
  await assertRejects(
    () => step.run({ x: new Float32Array(8), y: 1 }),
    RangeError,
    'Expected input "x" of shape [2] for 1 to 3 steps but found 8 numbers',
  );
  await assertRejects(
    () => step.run({ x: new Float32Array(4), y: Float32Array.of(1, 2, 3) }),
    RangeError,
    'Expected 2 numbers for input "y" of shape [2] but found 3',
  );
});

Deno.test("compile() refuses a table of another length", async () => {
  const tables = { t: { data: new Uint8Array(5), shape: [2, 3] } };
  await assertRejects(
    () => compile(({ x }) => ({ y: x }), { inputs: X, tables, device: "tfjs" }),
    RangeError,
    'Expected 6 numbers for table "t" of shape [2,3] but found 5',
  );
});
