import { assertEquals } from "@std/assert";
import type * as tf from "@tensorflow/tfjs";
import {
  type Gradients,
  valueAndGradients,
} from "../../../models/gradients/value_and_gradients.ts";
import { doublyReparameterizedBound } from "../../../models/objectives/doubly_reparameterized_bound.ts";
import { iwaeBound } from "../../../models/objectives/iwae_bound.ts";
import { logWeights } from "../../../models/objectives/log_weights.ts";
import { stickingTheLanding } from "../../../models/objectives/sticking_the_landing.ts";
import golden from "../../golden/vae.json" with { type: "json" };
import { assertClose, type Nested } from "../assert_close.ts";
import { type SmallVae, smallVae } from "../small_vae.ts";

type Bound = (small: SmallVae) => tf.Tensor;

const doublyReparameterized: Bound = ({ vae, images, noise }) =>
  doublyReparameterizedBound(vae, images, noise);
const plain: Bound = ({ vae, images, noise }) =>
  iwaeBound(logWeights(vae, images, noise));

function gradientsOf(bound: Bound, small: SmallVae): Gradients {
  const loss = () => bound(small).mean().neg().asScalar();
  return valueAndGradients(loss, small.vae.variables).gradients;
}

Deno.test("doublyReparameterizedBound() has the value of iwaeBound()", () => {
  using small = smallVae();
  assertEquals(
    doublyReparameterized(small).dataSync(),
    plain(small).dataSync(),
  );
});

Deno.test("doublyReparameterizedBound() has the gradients of two surrogates in PyTorch", () => {
  using small = smallVae();
  const gradients = gradientsOf(doublyReparameterized, small);
  const expected: Record<string, Nested> =
    golden.gradientsOfLoss.doublyReparameterizedBound;
  for (const [name, gradient] of Object.entries(gradients)) {
    // 6 pixels, 5 hidden, 2 latents: 13 products on a path, of up to six roundings each
    assertClose(gradient, expected[name]!, { roundings: 80, name });
  }
});

Deno.test("doublyReparameterizedBound() gives the decoder the gradient of iwaeBound()", () => {
  using small = smallVae();
  const actual = gradientsOf(doublyReparameterized, small);
  const expected = gradientsOf(plain, small);
  for (const [name, gradient] of Object.entries(actual)) {
    if (!name.startsWith("decoder/")) continue;
    assertEquals(gradient.dataSync(), expected[name]!.dataSync());
  }
});

Deno.test("doublyReparameterizedBound() with one importance sample sticks the landing", () => {
  using small = smallVae();
  const one = { ...small, noise: small.noise.slice([0, 0, 0], [1, 3, 2]) };
  const actual = gradientsOf(doublyReparameterized, one);
  const expected = gradientsOf(
    ({ vae, images, noise }) => stickingTheLanding(vae, images, noise),
    one,
  );
  for (const [name, gradient] of Object.entries(actual)) {
    const values = Array.from(expected[name]!.dataSync());
    assertClose(gradient, values, { roundings: 8, name });
  }
});
