import { assertEquals, assertNotEquals, assertThrows } from "@std/assert";
import * as tf from "@tensorflow/tfjs";
import {
  updateDiscriminator,
  updateGenerator,
} from "../../models/adversarial/adversarial_updates.ts";
import {
  dcganDiscriminatorSpecs,
  dcganGeneratorSpecs,
} from "../../models/dcgan.ts";
import { countParameters } from "../../models/parameters/parameters.ts";
import { wave } from "../golden/waves.ts";
import { assertClose } from "./assert_close.ts";
import { bytesOf, smallDcgan } from "./adversarial/small_game.ts";

Deno.test("convolutional players have as many parameters as their layers add up to", () => {
  // 100 * 49 * 64 + 49 * 64, then 16 * 64 * 32 + 32, then 16 * 32 + 1; scale and shift of 64 and 32 channels
  const generator = 100 * 3136 + 3136 + 32_768 + 32 + 512 + 1 + 2 * 96;
  assertEquals(countParameters(dcganGeneratorSpecs({})), generator);
  // 16 * 32 + 32, then 16 * 32 * 64 + 64, then 3136 + 1; scale and shift of 64 channels
  const discriminator = 512 + 32 + 32_768 + 64 + 3136 + 1 + 2 * 64;
  assertEquals(countParameters(dcganDiscriminatorSpecs({})), discriminator);
});

Deno.test("convolutional players take and give vectors of pixels within (-1, 1), and one logit each", () => {
  using game = smallDcgan();
  const { generator, discriminator } = game;
  const noise = wave<tf.Rank.R2>([5, 3], 0.4);
  const made = generator.train(noise, generator.state);
  assertEquals(made.y.shape, [5, 64]);
  assertEquals(made.y.abs().max().dataSync()[0]! < 1, true);
  assertEquals(discriminator.evaluate(made.y).shape, [5, 1]);
  assertEquals(Object.keys(made.state), Object.keys(generator.state));
});

Deno.test("an update of one convolutional player leaves the other's variables alone, and moves all of its own weights", () => {
  using game = smallDcgan();
  const { generator, discriminator } = game;
  const batch = {
    real: wave<tf.Rank.R2>([5, 64], 0.3),
    noise: wave<tf.Rank.R2>([5, 3], 1.2),
    learningRate: tf.scalar(0.01),
  };
  const before = bytesOf(generator.variables);
  const weights = bytesOf(discriminator.variables);
  updateDiscriminator(game, batch);
  assertEquals(bytesOf(generator.variables), before);
  const between = bytesOf(discriminator.variables);
  updateGenerator(game, batch);
  assertEquals(bytesOf(discriminator.variables), between);
  const after = bytesOf(generator.variables);
  for (const [one, other] of [[weights, between], [before, after]] as const) {
    for (const path of Object.keys(one)) {
      if (path.endsWith("bias")) continue; // before a batch norm it has no gradient
      assertNotEquals(other[path], one[path], path);
    }
  }
});

Deno.test("in evaluation an image of a convolutional generator does not depend on its batch", () => {
  using game = smallDcgan();
  const noise = wave<tf.Rank.R2>([5, 3], 0.4);
  const all = game.generator.evaluate(noise).slice([0, 0], [1, 64]);
  const alone = game.generator.evaluate(noise.slice([0, 0], [1, 3]));
  assertClose(all, Array.from(alone.dataSync()), { roundings: 8 });
});

Deno.test("convolutional players need sides that can be halved twice", () => {
  assertThrows(
    () => dcganGeneratorSpecs({ side: 30 }),
    RangeError,
    "Expected the side to be a multiple of 4 but found 30",
  );
});
