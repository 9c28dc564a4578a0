import * as tf from "@tensorflow/tfjs";
import {
  assertAlmostEquals,
  assertEquals,
  assertGreater,
  assertLess,
} from "@std/assert";
import { buildTransformer } from "../../../../pipelines/language/build_transformer.ts";
import { pipeline } from "../../../../pipelines/core/pipeline.ts";
import { keyFrom } from "../../../../pipelines/core/random/key.ts";
import { normal } from "../../../../pipelines/core/random/normal.ts";
import { execute } from "../../../../pipelines/core/run/execute.ts";
import { derivedJacobian } from "../../../../pipelines/language/norm_study/derived_jacobian.ts";
import { measureJacobians } from "../../../../pipelines/language/norm_study/measure_jacobians.ts";
import {
  jacobian,
  multiply,
  plusIdentity,
} from "../../../../pipelines/language/norm_study/jacobian.ts";
import { smallSizes, smallText } from "../small_text.ts";

const input = {
  ...smallSizes,
  feedForward: "none",
  text: smallText,
  jacobianSeeds: 2,
} as const;

function measured(normalization: "pre" | "post") {
  return execute(
    pipeline<typeof input & { readonly normalization: "pre" | "post" }>("test")
      .pipe(buildTransformer).pipe(measureJacobians).give("jacobians"),
    { ...input, normalization },
    { seed: 0 },
  );
}

Deno.test("jacobian() of a linear map is its matrix, at each position by itself", () => {
  const weight = tf.tensor2d([[1, 2], [3, 4]]);
  const apply = (x: tf.Tensor) =>
    tf.matMul(x.reshape([-1, 2]), weight).reshape(x.shape);
  const x = tf.tensor3d([[[5, 6], [7, 8]]]);
  assertEquals([...jacobian(apply, x)], [
    ...[1, 3, 0, 0],
    ...[2, 4, 0, 0],
    ...[0, 0, 1, 3],
    ...[0, 0, 2, 4],
  ]);
});

Deno.test("multiply() and plusIdentity() are those of matrices", () => {
  const a = Float32Array.of(1, 2, 3, 4);
  assertEquals([...multiply(a, Float32Array.of(0, 1, 1, 0))], [2, 1, 4, 3]);
  assertEquals([...plusIdentity(a)], [2, 2, 3, 5]);
});

for (const normalization of ["pre", "post"] as const) {
  Deno.test(`the derivative of a ${normalization}-norm layer is that of the chain rule`, async () => {
    const { jacobians } = await measured(normalization);
    assertEquals(jacobians.map(({ layer }) => layer), [1, 2, 1, 2]);
    for (const { derivationError } of jacobians) {
      // Float32 products of 40 terms, twice: 80 * 2^-24 of their size.
      assertLess(derivationError, 80 * 2 ** -24);
    }
  });
}

Deno.test("a post-norm layer takes two directions of each vector away, and a pre-norm layer none", async () => {
  for (
    const { smallest, smallestKept, largest } of (await measured("post"))
      .jacobians
  ) {
    assertLess(smallest, 1e-4 * largest); // 1e-5 in the variance, and rounding
    assertGreater(smallestKept, 1e-2 * largest);
  }
  for (const { smallest, smallestKept } of (await measured("pre")).jacobians) {
    assertEquals(smallestKept, smallest);
    assertGreater(smallest, 1e-3);
  }
});

Deno.test("where attention adds nothing, pre-norm is the identity and post-norm a projection over the deviation", async () => {
  const { model } = await execute(buildTransformer, input, { seed: 0 });
  using owned = model;
  for (const [name, variable] of Object.entries(owned.variables)) {
    if (name.includes("/output/")) variable.assign(tf.zerosLike(variable));
  }
  const layer = "stack/layers/0/";
  const x = tf.tensor3d(normal(keyFrom(1), 5 * 8), [1, 5, 8]);
  const size = 5 * 8;
  const derive = (normalization: "pre" | "post") =>
    derivedJacobian(owned, layer, x, { heads: 2, normalization });
  const identity = plusIdentity(new Float32Array(size * size));
  assertEquals(derive("pre"), identity);

  const post = derive("post");
  const values = x.arraySync();
  for (let i = 0; i < size; i++) {
    for (let j = 0; j < size; j++) {
      const [p, a, b] = [Math.floor(i / 8), i % 8, j % 8];
      const vector = values[0]![p]!;
      const mean = vector.reduce((sum, value) => sum + value, 0) / 8;
      const centred = vector.map((value) => value - mean);
      const variance = centred.reduce((sum, c) => sum + c * c, 0) / 8 + 1e-5;
      const unit = (k: number) => centred[k]! / Math.sqrt(variance);
      // (1 - 1/n - y y^T / n) / deviation, at the same position
      const expected = p !== Math.floor(j / 8)
        ? 0
        : (Number(a === b) - 1 / 8 - unit(a) * unit(b) / 8) /
          Math.sqrt(variance);
      assertAlmostEquals(post[i * size + j]!, expected, 1e-5); // float32
    }
  }
});
