import { assertEquals, assertLess } from "@std/assert";
import * as tf from "@tensorflow/tfjs";
import { valueAndGradients } from "../../../models/gradients/value_and_gradients.ts";
import { logWeights } from "../../../models/objectives/log_weights.ts";
import { stickingTheLanding } from "../../../models/objectives/sticking_the_landing.ts";
import { sampledElbo } from "../../../models/objectives/elbo.ts";
import golden from "../../golden/vae.json" with { type: "json" };
import { wave } from "../../golden/waves.ts";
import { assertClose, type Nested } from "../assert_close.ts";
import { linearGaussian } from "../linear_gaussian.ts";
import { smallVae } from "../small_vae.ts";

Deno.test("stickingTheLanding() has the values of logWeights()", () => {
  using small = smallVae();
  const { vae, images, noise } = small;
  assertEquals(
    stickingTheLanding(vae, images, noise).dataSync(),
    logWeights(vae, images, noise).dataSync(),
  );
});

Deno.test("stickingTheLanding() has PyTorch's gradients with a detached posterior", () => {
  using small = smallVae();
  const { vae, images, noise } = small;
  const loss = () =>
    stickingTheLanding(vae, images, noise).mean().neg().asScalar();
  const { gradients } = valueAndGradients(loss, vae.variables);
  const expected: Record<string, Nested> =
    golden.gradientsOfLoss.stickingTheLanding;
  for (const [name, gradient] of Object.entries(gradients)) {
    // 6 pixels, 5 hidden, 2 latents: 13 products on a path, of up to six roundings each
    assertClose(gradient, expected[name]!, { roundings: 80, name });
  }
});

Deno.test("stickingTheLanding() has no gradient at the exact posterior, whatever the noise", () => {
  const images = tf.tensor2d([[0.3, -1.2, 0.8]]);
  const noise = wave<tf.Rank.R3>([1, 1, 2], 0.4, 2);
  const gradientAt = (objective: typeof stickingTheLanding) =>
    tf.grad((shift) =>
      sampledElbo(objective(linearGaussian(shift), images, noise))
    )(tf.scalar(0)).dataSync()[0]!;
  // sums of ten terms of size ten
  assertLess(Math.abs(gradientAt(stickingTheLanding)), 100 * 2 ** -24);
  // the total gradient is the score: E = 0, but not for this noise
  assertLess(1, Math.abs(gradientAt(logWeights)));
});
