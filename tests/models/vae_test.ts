import { assertEquals } from "@std/assert";
import * as tf from "@tensorflow/tfjs";
import { valueAndGradients } from "../../models/gradients/value_and_gradients.ts";
import { elbo } from "../../models/objectives/elbo.ts";
import { createVae, vaeSpecs } from "../../models/vae.ts";
import { listParameters } from "../../models/parameters/parameters.ts";
import { bits, drawWave, wave } from "../golden/waves.ts";
import { assertClose } from "./assert_close.ts";

const zeros = (
  { shape }: { readonly shape: readonly number[] },
): Float32Array =>
  new Float32Array(shape.reduce((product, side) => product * side, 1));

Deno.test("a VAE of 784 pixels and 3 latents has 790 290 parameters", () => {
  const sizes = listParameters(vaeSpecs({ latent: 3 })).map(({ shape }) =>
    shape.reduce((product, side) => product * side, 1)
  );
  // 784 * 500 + 500, twice 500 * 3 + 3, 3 * 500 + 500, 500 * 784 + 784
  const expected = 392_500 + 2 * 1_503 + 2_000 + 392_784;
  assertEquals(sizes.reduce((sum, size) => sum + size), expected);
});

Deno.test("the decoder of a deep VAE has the encoder's widths in reverse", () => {
  const shapes = Object.fromEntries(
    listParameters(vaeSpecs({ pixels: 9, hidden: [7, 5], latent: 2 }))
      .filter(({ name }) => name.endsWith("weight"))
      .map(({ name, shape }) => [name.replace("/weight", ""), `${shape}`]),
  );
  assertEquals(shapes, {
    "encoder/hidden": "9,7",
    "encoder/deeper/0": "7,5",
    "encoder/mean": "5,2",
    "encoder/logVariance": "5,2",
    "decoder/hidden": "2,5",
    "decoder/deeper/0": "5,7",
    "decoder/logits": "7,9",
  });
});

Deno.test("encoder and decoder of a VAE may have activations of their own", () => {
  const activation = { encoder: "relu", decoder: "tanh" } as const;
  const sizes = { pixels: 6, hidden: 5, latent: 2 };
  using mixed = createVae({ ...sizes, activation }, drawWave);
  using rectified = createVae({ ...sizes, activation: "relu" }, drawWave);
  using bent = createVae(sizes, drawWave);
  const images = bits<tf.Rank.R2>([3, 6], 1.1);
  const latents = wave<tf.Rank.R2>([3, 2], 0.8);
  assertEquals(
    mixed.encode(images).mean.dataSync(),
    rectified.encode(images).mean.dataSync(),
  );
  assertEquals(
    mixed.decode(latents).logits.dataSync(),
    bent.decode(latents).logits.dataSync(),
  );
});

Deno.test("a VAE with all weights zero loses 784 log 2 nats and has no divergence", () => {
  using vae = createVae({ hidden: 4, latent: 2 }, zeros);
  const bound = elbo(vae, bits([2, 784], 1), wave<tf.Rank.R2>([2, 2], 1));
  // -543.427, a sum of 784 equal numbers
  const expected = -784 * Math.LN2;
  assertClose(bound.reconstruction, [expected, expected], { roundings: 784 });
  assertEquals([...bound.kl.dataSync()], [0, 0]);
});

Deno.test("a VAE decodes latents on any leading axes", () => {
  using vae = createVae({ pixels: 6, hidden: 5, latent: 2 }, drawWave);
  const latents = wave<tf.Rank.R3>([4, 3, 2], 0.8);
  const { logits } = vae.decode(latents);
  assertEquals(logits.shape, [4, 3, 6]);
  const flat = vae.decode(latents.reshape([12, 2])).logits;
  assertEquals(logits.dataSync(), flat.dataSync());
});

Deno.test("every activation of a VAE passes gradients to every parameter", () => {
  for (const activation of ["tanh", "relu", "softplus", "gelu"] as const) {
    using vae = createVae(
      { pixels: 6, hidden: 5, latent: 2, activation },
      drawWave,
    );
    const loss = () =>
      elbo(vae, bits([3, 6], 1.1), wave<tf.Rank.R2>([3, 2], 0.8)).elbo.mean()
        .asScalar();
    const { gradients } = valueAndGradients(loss, vae.variables);
    for (const [name, gradient] of Object.entries(gradients)) {
      const isZero = gradient.abs().max().dataSync()[0] === 0;
      assertEquals(isZero, false, `${activation} ${name}`);
    }
  }
});

Deno.test("a VAE and its step leave no tensors behind", () => {
  const before = tf.memory().numTensors;
  tf.tidy(() => {
    using vae = createVae({ pixels: 6, hidden: 5, latent: 2 }, drawWave);
    const loss = () =>
      elbo(vae, bits([3, 6], 1.1), wave<tf.Rank.R2>([3, 2], 0.8)).elbo.mean()
        .asScalar();
    valueAndGradients(loss, vae.variables);
  });
  assertEquals(tf.memory().numTensors, before);
});
