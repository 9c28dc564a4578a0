import { assertEquals, assertNotEquals } from "@std/assert";
import * as tf from "@tensorflow/tfjs";
import {
  generatorGradients,
  updateDiscriminator,
  updateGenerator,
} from "../../../models/adversarial/adversarial_updates.ts";
import { generatorLoss } from "../../../models/adversarial/adversarial_losses.ts";
import {
  crossEntropy,
  wasserstein,
} from "../../../models/adversarial/objective.ts";
import { valueAndGradients } from "../../../models/gradients/value_and_gradients.ts";
import { assertClose } from "../assert_close.ts";
import {
  bytesOf,
  smallBatch,
  smallGame,
  type SmallGameOptions,
} from "./small_game.ts";

const kinds: Readonly<Record<string, SmallGameOptions>> = {
  plain: {},
  "batch norms on both sides": { discriminator: "batch" },
  "spectral norms": { discriminator: "spectral" },
  "a gradient penalty": { objective: wasserstein(10) },
  "an R1 penalty": { objective: crossEntropy({ r1: 1 }) },
};

for (const [name, options] of Object.entries(kinds)) {
  Deno.test(`an update of one player leaves the other's variables alone, byte for byte: ${name}`, () => {
    using game = smallGame(options);
    const { generator, discriminator } = game;
    const batch = smallBatch();
    const before = [generator, discriminator].map((p) => bytesOf(p.variables));
    updateDiscriminator(game, batch);
    const between = [generator, discriminator].map((p) => bytesOf(p.variables));
    assertEquals(between[0], before[0]);
    for (const path of Object.keys(before[1]!)) {
      // a shift before a batch norm has no gradient but roundings, and the last bias none under a difference of means
      if (path.endsWith("bias")) continue;
      assertNotEquals(between[1]![path], before[1]![path], path);
    }
    updateGenerator(game, batch);
    const after = [generator, discriminator].map((p) => bytesOf(p.variables));
    assertEquals(after[1], between[1]);
    for (const path of Object.keys(before[0]!)) {
      if (path.endsWith("bias")) continue;
      assertNotEquals(after[0]![path], between[0]![path], path);
    }
  });
}

Deno.test("the states of both players move in each pass in training, first by real items, then by fake ones", () => {
  using game = smallGame({ discriminator: "batch" });
  const { generator, discriminator } = game;
  const { real, noise, ...rest } = smallBatch();
  const made = generator.train(noise, generator.state);
  const onReal = discriminator.train(real, discriminator.state);
  const onFake = discriminator.train(made.y, onReal.state);
  const expected = Object.values(onFake.state).map((x) => x.dataSync().slice());
  updateDiscriminator(game, { real, noise, ...rest });
  assertEquals(
    Object.values(discriminator.state).map((x) => x.dataSync()),
    expected,
  );
  assertEquals(
    Object.values(generator.state).map((x) => x.dataSync()),
    Object.values(made.state).map((x) => x.dataSync()),
  );
  const before = bytesOf(discriminator.state);
  updateGenerator(game, { noise, ...rest });
  assertNotEquals(bytesOf(discriminator.state), before);
});

Deno.test("a batch norm of the discriminator sees real and fake items apart", () => {
  using game = smallGame({ discriminator: "batch" });
  const { discriminator } = game;
  const { real } = smallBatch();
  const alone = discriminator.train(real, discriminator.state).y;
  const shifted = discriminator.train(
    tf.concat([real, real.add(3)]) as tf.Tensor2D,
    discriminator.state,
  ).y;
  const isSame = alone.sub(shifted.slice([0, 0], [5, 1])).abs().max()
    .dataSync()[0]! < 1e-3;
  assertEquals(isSame, false);
});

Deno.test("in evaluation an item does not depend on its batch", () => {
  using game = smallGame();
  const { noise } = smallBatch();
  const all = game.generator.evaluate(noise).slice([0, 0], [1, 6]);
  const alone = game.generator.evaluate(noise.slice([0, 0], [1, 3]));
  assertClose(all, Array.from(alone.dataSync()), { roundings: 8 });
});

Deno.test("the generator's gradient passes through the discriminator", () => {
  using game = smallGame({ generator: "none" });
  const { noise } = smallBatch();
  const { generator, discriminator } = game;
  const { value, gradients } = valueAndGradients(
    () =>
      generatorLoss(
        discriminator.evaluate(generator.evaluate(noise)),
        "non-saturating",
      ),
    generator.variables,
  );
  const found = generatorGradients(game, noise);
  assertClose(found.terms.loss, value.dataSync()[0]!, { roundings: 8 });
  let squares = 0;
  for (const [path, gradient] of Object.entries(gradients)) {
    const wanted = Array.from(gradient.dataSync());
    assertClose(found.gradients[path]!, wanted, { roundings: 8, name: path });
    for (const one of wanted) squares += one ** 2;
  }
  assertClose(found.terms.gradientNorm, Math.sqrt(squares), { roundings: 32 });
});

Deno.test("updates leave no tensors behind", () => {
  using game = smallGame({ discriminator: "batch", objective: wasserstein(1) });
  const batch = smallBatch();
  const step = () =>
    tf.tidy(() => {
      updateDiscriminator(game, batch);
      updateGenerator(game, batch);
    });
  step();
  const before = tf.memory().numTensors;
  step();
  assertEquals(tf.memory().numTensors, before);
});
