import * as tf from "@tensorflow/tfjs";
import { assertEquals, assertRejects } from "@std/assert";
import { compile } from "../../compile/compile.ts";
import { failureAfter } from "../../compile/run/failure.ts";

/** The same numbers, which the graph computes. */
function computed(ids: tf.Tensor): tf.Tensor {
  const one = tf.scalar(1, "int32");
  return ids.sub(one).add(one);
}

Deno.test("failureAfter() names the steps that are kept, and keeps the class of the error", () => {
  const cause = new RangeError("Expected this but found that");
  assertEquals(failureAfter(0, 4, cause), cause);
  for (const done of [1, 3]) {
    const error = failureAfter(done, 4, cause) as RangeError;
    assertEquals(
      error.message,
      `${cause.message}; the first ${done} of 4 steps of the call are kept`,
    );
    assertEquals([error.constructor, error.cause], [RangeError, cause]);
  }
  assertEquals(
    (failureAfter(1, 2, new TypeError("x")) as Error).constructor,
    TypeError,
  );
  assertEquals(
    (failureAfter(1, 2, new Error("x")) as Error).constructor,
    Error,
  );
});

for (const device of ["cpu", "tfjs"] as const) {
  Deno.test(`a call that fails keeps exactly the whole steps that its error names, ${device}`, async () => {
    const count = tf.variable(tf.scalar(0));
    const other = tf.variable(tf.scalar(0));
    using step = await compile(({ ids }) => {
      count.assign(count.add(1));
      const y = tf.gather(
        tf.tensor1d([1, 2]),
        computed(ids) as tf.Tensor1D,
      );
      other.assign(other.add(1));
      return { y };
    }, {
      inputs: { ids: { shape: [1], dtype: "int32" } },
      device,
      stepsPerCall: 4,
    });
    const error = await assertRejects(
      () => step.run({ ids: Int32Array.of(0, 1, 5, 0) }),
      RangeError,
      "found 5",
    );
    await step.sync();
    const named =
      /the first (\d) of 4 steps of the call are kept$/.exec(error.message)
        ?.[1] ?? 0;
    assertEquals([count.dataSync()[0], other.dataSync()[0]], [
      Number(named),
      Number(named),
    ]);
    await step.run({ ids: Int32Array.of(0) });
    await step.sync();
    assertEquals(count.dataSync()[0], Number(named) + 1);
    await assertRejects(
      () => step.run({ ids: Int32Array.of(2, 0) }),
      RangeError,
    );
    await step.sync();
    assertEquals(count.dataSync()[0], Number(named) + 1);
    tf.dispose([count, other]);
  });
}
