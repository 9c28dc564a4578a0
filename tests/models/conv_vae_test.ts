import { assertEquals, assertNotEquals, assertThrows } from "@std/assert";
import type * as tf from "@tensorflow/tfjs";
import { convVaeSpecs, createConvVae } from "../../models/conv_vae.ts";
import { valueAndGradients } from "../../models/gradients/value_and_gradients.ts";
import { elbo } from "../../models/objectives/elbo.ts";
import golden from "../golden/conv_vae.json" with { type: "json" };
import { bits, drawWave, wave } from "../golden/waves.ts";
import { assertClose, type Nested } from "./assert_close.ts";
import { projections } from "./projections.ts";

const small = {
  side: 8,
  channels: [2, 3],
  latent: 2,
  activation: "tanh",
} as const;

Deno.test("a convolutional VAE has PyTorch's ELBO and gradients", () => {
  using vae = createConvVae(small, drawWave);
  const images = bits<tf.Rank.R2>([2, 64], 1.1);
  const noise = wave<tf.Rank.R2>([2, 2], 0.8, 1.5);
  const bound = () => elbo(vae, images, noise).elbo;
  const loss = () => bound().mean().neg().asScalar();
  const { gradients } = valueAndGradients(loss, vae.variables);
  // six layers of at most 32 products each on a path, and the sum over 64 pixels
  const roundings = 6 * 32 + 64;
  assertClose(bound(), golden.elbo, { roundings });
  const expected: Record<string, Nested> = golden.gradients;
  for (const [name, gradient] of Object.entries(gradients)) {
    assertClose(projections(gradient), expected[name]!, { roundings, name });
  }
});

Deno.test("a convolutional VAE decodes latents on any leading axes", () => {
  using vae = createConvVae(small, drawWave);
  const latents = wave<tf.Rank.R3>([4, 3, 2], 0.8);
  const { logits } = vae.decode(latents);
  assertEquals(logits.shape, [4, 3, 64]);
  const flat = vae.decode(latents.reshape([12, 2])).logits;
  assertEquals(logits.dataSync(), flat.dataSync());
});

Deno.test("a decoder with skips knows the image, and one without does not", () => {
  using vae = createConvVae(small, drawWave);
  const latents = wave<tf.Rank.R3>([4, 2, 2], 0.8);
  const [first, second] = [1.1, 2.3].map((phase) =>
    vae.decodeWithSkips(latents, bits<tf.Rank.R2>([2, 64], phase)).logits
  );
  assertEquals(first!.shape, vae.decode(latents).logits.shape);
  assertNotEquals(first!.dataSync(), second!.dataSync());
  // sample 3 of image 1 sees image 1: the same as alone
  const images = bits<tf.Rank.R2>([2, 64], 1.1);
  const alone = vae.decodeWithSkips(
    latents.slice([3, 1], [1, 1]),
    images.slice([1], [1]),
  );
  const among = first!.slice([3, 1], [1, 1]);
  assertEquals(among.dataSync(), alone.logits.dataSync());
});

Deno.test("a convolutional VAE refuses a side that two halvings do not divide", () => {
  assertThrows(
    () => convVaeSpecs({ side: 30, latent: 2 }),
    RangeError,
    "Expected the side to be a multiple of 4 but found 30",
  );
});
