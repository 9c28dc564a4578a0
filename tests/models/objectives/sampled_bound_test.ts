import { assertEquals, assertThrows } from "@std/assert";
import type * as tf from "@tensorflow/tfjs";
import { valueAndGradients } from "../../../models/gradients/value_and_gradients.ts";
import {
  type SampledBound,
  sampledBound,
} from "../../../models/objectives/sampled_bound.ts";
import { assertClose } from "../assert_close.ts";
import { smallVae } from "../small_vae.ts";

const bounds: readonly SampledBound[] = [
  { kind: "vae", gradient: "standard" },
  { kind: "vae", gradient: "sticking-the-landing" },
  { kind: "iwae", gradient: "standard" },
  { kind: "iwae", gradient: "doubly-reparameterized" },
];

Deno.test("sampledBound() has the same value whatever its gradient", () => {
  using model = smallVae();
  const { vae, images, noise } = model;
  const [vaeValue, stl, iwaeValue, doubly] = bounds.map((bound) =>
    sampledBound(vae, images, noise, bound).dataSync<"float32">()
  );
  assertEquals(stl, vaeValue);
  assertEquals(doubly, iwaeValue);
  // Jensen's inequality: the log of a mean is above the mean of the logs
  iwaeValue!.forEach((value, i) =>
    assertEquals(value >= vaeValue![i]!, true, `${i}`)
  );
});

Deno.test("sampledBound() gives the decoder the same gradient whatever its estimator", () => {
  using model = smallVae();
  const { vae, images, noise } = model;
  const decoder = Object.fromEntries(
    Object.entries(vae.variables)
      .filter(([name]) => name.startsWith("decoder/")),
  );
  const gradientsOf = (bound: SampledBound) =>
    valueAndGradients(
      () => sampledBound(vae, images, noise, bound).mean<tf.Scalar>(),
      decoder,
    ).gradients;
  for (const pair of [bounds.slice(0, 2), bounds.slice(2)]) {
    const [standard, other] = pair.map(gradientsOf);
    for (const [name, gradient] of Object.entries(standard!)) {
      // sums of 12 terms of about the same size
      assertClose(other![name]!, [...gradient.dataSync()], { roundings: 100 });
    }
  }
});

Deno.test("sampledBound() refuses a gradient that does not fit the bound", () => {
  using model = smallVae();
  const { vae, images, noise } = model;
  assertThrows(
    () =>
      sampledBound(vae, images, noise, {
        kind: "iwae",
        gradient: "sticking-the-landing",
      }),
    RangeError,
    "Expected the gradient standard or doubly-reparameterized for the objective iwae but found sticking-the-landing",
  );
});
