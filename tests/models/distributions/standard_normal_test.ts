import { assertStrictEquals } from "@std/assert";
import * as tf from "@tensorflow/tfjs";
import { DiagonalNormal } from "../../../models/distributions/diagonal_normal.ts";
import { StandardNormal } from "../../../models/distributions/standard_normal.ts";
import { wave } from "../../golden/waves.ts";
import { assertClose } from "../assert_close.ts";

Deno.test("StandardNormal.logProb() is that of zero means and unit variances", () => {
  const values = wave([4, 7], 0.1, 3);
  const unit = new DiagonalNormal(tf.zeros([7]), tf.zeros([7]));
  const expected = unit.logProb(values).arraySync() as number[]; // rank 1
  // seven terms of three roundings on either side
  assertClose(new StandardNormal().logProb(values), expected, {
    roundings: 42,
  });
});

Deno.test("StandardNormal.sample() is the noise itself", () => {
  const noise = wave([3], 0);
  assertStrictEquals(new StandardNormal().sample(noise), noise);
});
