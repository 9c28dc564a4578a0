import * as tf from "@tensorflow/tfjs";
import { assertEquals, assertRejects } from "@std/assert";
import { compile } from "../../../compile/compile.ts";
import { CompileError } from "../../../compile/compile_error.ts";

const INPUTS = { x: { shape: [2] } } as const;
const X = Float32Array.of(0.5, -1);

/** d/dx of the sum of the slope of f, squared. */
const twice = (f: (x: tf.Tensor) => tf.Tensor) => (x: tf.Tensor) => {
  const slope = tf.grad((x: tf.Tensor) => f(x).sum());
  return tf.grad((x: tf.Tensor) => slope(x).square().sum())(x);
};

/** exp(x), whose gradient uses the result. */
const fromResult = (x: tf.Tensor) =>
  tf.customGrad((...given) => {
    // The declared type mixes inputs with what follows them.
    const [x, save] = given as unknown as [tf.Tensor, tf.GradSaveFunc];
    const y = x.exp();
    save([y]);
    return {
      value: y,
      gradFunc: (dy: tf.Tensor, saved: tf.Tensor[]) => dy.mul(saved[0]!),
    };
  })(x);

/** x sigmoid(x), whose gradient uses the sigmoid: saved, or as it is. */
const fromInside = (how: "saved" | "kept") => (x: tf.Tensor) =>
  tf.customGrad((...given) => {
    const [x, save] = given as unknown as [tf.Tensor, tf.GradSaveFunc];
    const s = tf.keep(x.sigmoid());
    save([x, s]);
    const slope = (dy: tf.Tensor, x: tf.Tensor, s: tf.Tensor) =>
      dy.mul(s.add(x.mul(s).mul(tf.sub(1, s))));
    return {
      value: x.mul(s),
      gradFunc: (dy: tf.Tensor, saved: tf.Tensor[]) =>
        slope(dy, saved[0]!, how === "saved" ? saved[1]! : s), // two saved
    };
  })(x);

for (const device of ["tfjs", "cpu"] as const) {
  Deno.test(`a custom gradient may use its result in second derivatives, ${device}`, async () => {
    using step = await compile(({ x }) => ({ y: twice(fromResult)(x) }), {
      inputs: INPUTS,
      device,
    });
    const { y } = await step.run({ x: X });
    // d/dx exp(2 x) = 2 exp(2 x)
    const right = Array.from(X, (x) => Math.fround(2 * Math.exp(2 * x)));
    assertEquals(
      [...y.data].map((v) => v.toFixed(5)),
      right.map((v) => v.toFixed(5)),
    );
  });

  for (const how of ["saved", "kept"] as const) {
    Deno.test(`a custom gradient that uses what was made on the way (${how}) is right once, and refused twice by name, ${device}`, async () => {
      const f = fromInside(how);
      using once = await compile(
        ({ x }) => ({ y: tf.grad((x: tf.Tensor) => f(x).sum())(x) }),
        { inputs: INPUTS, device },
      );
      const { y } = await once.run({ x: X });
      assertEquals([...y.data].map((v) => v.toFixed(4)), ["0.7400", "0.0723"]);
      await assertRejects(
        async () => {
          using step = await compile(({ x }) => ({ y: twice(f)(x) }), {
            inputs: INPUTS,
            device,
          });
          await step.run({ x: X });
        },
        CompileError,
        "its gradient uses what is neither its input nor its result",
      );
    });
  }
}
