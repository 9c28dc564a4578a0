import { assertEquals, assertRejects, assertStrictEquals } from "@std/assert";
import { compile } from "../../../compile/compile.ts";

Deno.test("run() writes into the outputs of an earlier call", async () => {
  using step = await compile(({ x }) => ({
    double: x.mul(2),
    isMore: x.greater(1),
  }), {
    inputs: { x: { shape: [2] } },
    outputs: { isMore: "bool" },
    device: "cpu",
    stepsPerCall: 2,
  });
  const first = await step.run({ x: Float32Array.of(1, 2, 3, 4) });
  const second = await step.run({ x: Float32Array.of(5, 0, 7, 1) }, first);
  assertStrictEquals(second.double.data, first.double.data);
  assertEquals([...second.double.data], [10, 0, 14, 2]);
  assertStrictEquals(second.isMore.data, first.isMore.data);
  assertEquals([...second.isMore.data], [1, 0, 1, 0]);
  await assertRejects(
    () => step.run({ x: Float32Array.of(9, 9) }, first),
    RangeError,
    'Expected 2 numbers of output "double" to write into but found 4',
  );
  assertEquals([...first.double.data], [10, 0, 14, 2]);
});
