import { assertAlmostEquals } from "@std/assert";
import * as tf from "@tensorflow/tfjs";
import { valueAndGradients } from "../../../models/gradients/value_and_gradients.ts";
import { elbo, sampledElbo } from "../../../models/objectives/elbo.ts";
import { logWeights } from "../../../models/objectives/log_weights.ts";
import golden from "../../golden/vae.json" with { type: "json" };
import { assertClose, type Nested } from "../assert_close.ts";
import { linearGaussian } from "../linear_gaussian.ts";
import { smallVae } from "../small_vae.ts";

const roundings = 80; // 6 pixels, 5 hidden, 2 latents: 13 products on a path, of up to six roundings each

Deno.test("elbo() agrees with PyTorch, and so do its gradients", () => {
  using small = smallVae();
  const { vae, images, noise } = small;
  const loss = () => elbo(vae, images, noise).elbo.mean().neg().asScalar();
  const { gradients } = valueAndGradients(loss, vae.variables);
  assertClose(elbo(vae, images, noise).elbo, golden.elbo, { roundings });
  const expected: Record<string, Nested> = golden.gradientsOfLoss.elbo;
  for (const [name, gradient] of Object.entries(gradients)) {
    assertClose(gradient, expected[name]!, { roundings, name });
  }
});

Deno.test("elbo() is the reconstruction less the divergence", () => {
  using small = smallVae();
  const { reconstruction, kl, elbo: bound } = elbo(
    small.vae,
    small.images,
    small.noise,
  );
  const expected = reconstruction.sub(kl).arraySync();
  assertClose(bound, expected, { roundings: 0 });
});

Deno.test("elbo() of one sample equals that of one sample with an axis of its own", () => {
  using small = smallVae();
  const one = tf.unstack(small.noise)[0]!.as2D(3, 2); // four samples
  const flat = elbo(small.vae, small.images, one).elbo.arraySync();
  const stacked = elbo(small.vae, small.images, one.as3D(1, 3, 2)).elbo;
  assertClose(stacked, flat, { roundings: 0 });
});

Deno.test("elbo() under the exact posterior averages to the log-likelihood", () => {
  // In each of the two latents the ELBO is quadratic in the noise: Gauss-Hermite nodes of degree 3 average it exactly.
  const model = linearGaussian();
  const image = [0.3, -1.2, 0.8];
  const nodes = [[-1, -1], [-1, 1], [1, -1], [1, 1]];
  const noise = tf.tensor3d(nodes.map((node) => [node]));
  const [bound] = elbo(model, tf.tensor2d([image]), noise).elbo.dataSync();
  // 30 roundings of numbers of size ten: 2e-5
  assertAlmostEquals(bound!, model.exactLogLikelihood(image), 2e-5);
});

Deno.test("sampledElbo() under the exact posterior is the log-likelihood for any noise", () => {
  const model = linearGaussian();
  const image = [0.3, -1.2, 0.8];
  const noise = tf.tensor3d([[[1.7, -0.4]]]);
  const [bound] = sampledElbo(logWeights(model, tf.tensor2d([image]), noise))
    .dataSync();
  assertAlmostEquals(bound!, model.exactLogLikelihood(image), 2e-5); // as above
});
