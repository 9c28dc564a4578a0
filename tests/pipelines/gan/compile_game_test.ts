import { assertEquals, assertRejects } from "@std/assert";
import {
  crossEntropy,
  wasserstein,
} from "../../../models/adversarial/objective.ts";
import { keyFrom } from "../../../pipelines/core/random/key.ts";
import { normal } from "../../../pipelines/core/random/normal.ts";
import { compileGame, turnNames } from "../../../pipelines/gan/compile_game.ts";
import { gameVariables } from "../../../pipelines/gan/fit_game.ts";
import { vectorItems } from "../../../pipelines/gan/items.ts";
import { readWeights } from "../../../pipelines/training/weights.ts";
import { assertClose } from "../../models/assert_close.ts";
import {
  smallDcgan,
  smallGame,
  type SmallGameOptions,
} from "../../models/adversarial/small_game.ts";

const TURNS = 3;

/** Plays three turns of a small game, in calls of two turns. */
async function play(
  options: SmallGameOptions | "convolutions",
  device: "cpu" | "tfjs",
  criticUpdates = 1,
) {
  using game = options === "convolutions" ? smallDcgan() : smallGame(options);
  const length = options === "convolutions" ? 64 : 6;
  const items = vectorItems(normal(keyFrom(1), 20 * length), length);
  using turns = await compileGame(
    {
      game,
      items,
      batch: 5,
      latent: 3,
      criticUpdates,
      learningRates: { generator: 0.01, discriminator: 0.02 },
      key: keyFrom(2),
    },
    2,
    { device, threads: 1 },
  );
  const first = await turns.run(0, 2);
  const second = await turns.run(2, TURNS - 2);
  await turns.sync();
  return {
    weights: await readWeights(gameVariables(game)),
    means: turnNames.map((
      name,
    ) => [...Array.from(first[name]), ...Array.from(second[name])]),
  };
}

const kinds: Readonly<
  Record<string, readonly [SmallGameOptions | "convolutions", number]>
> = {
  "convolutions": ["convolutions", 1],
  "cross-entropy": [{ objective: crossEntropy({ target: 0.9 }) }, 1],
  "the saturating loss": [
    { objective: crossEntropy({ loss: "saturating" }) },
    1,
  ],
  "batch norms on both sides": [{ discriminator: "batch" }, 1],
  "spectral norms": [{ discriminator: "spectral" }, 1],
  "an R1 penalty": [{ objective: crossEntropy({ r1: 1 }) }, 1],
  "a gradient penalty and two updates of the critic": [{
    generator: "none",
    objective: wasserstein(1),
  }, 2],
};

for (const [name, [options, criticUpdates]] of Object.entries(kinds)) {
  Deno.test(`turns are the same compiled and eager: ${name}`, async () => {
    const eager = await play(options, "tfjs", criticUpdates);
    const compiled = await play(options, "cpu", criticUpdates);
    // gradients of 64 roundings over 1e-3, times steps of 0.02: 64 * 20 roundings a turn
    const roundings = TURNS * 64 * 20;
    compiled.means.forEach((found, i) =>
      assertClose(found, eager.means[i]!, { roundings, name: turnNames[i]! })
    );
    for (const [path, { data }] of Object.entries(compiled.weights)) {
      assertClose(data, Array.from(eager.weights[path]!.data), {
        roundings,
        name: path,
      });
    }
  });
}

Deno.test("a turn depends on its number and the variables alone, not on how turns are cut into calls", async () => {
  const one = await play({}, "cpu");
  using game = smallGame();
  const items = vectorItems(normal(keyFrom(1), 20 * 6), 6);
  using turns = await compileGame(
    {
      game,
      items,
      batch: 5,
      latent: 3,
      criticUpdates: 1,
      learningRates: { generator: 0.01, discriminator: 0.02 },
      key: keyFrom(2),
    },
    TURNS,
    { device: "cpu", threads: 1 },
  );
  const means = await turns.run(0, TURNS);
  assertEquals(turnNames.map((name) => Array.from(means[name])), one.means);
});

Deno.test("a turn that takes more batches than there are is refused: epochs would have no turn", async () => {
  using game = smallGame({ generator: "none", objective: wasserstein(1) });
  await assertRejects(
    () =>
      compileGame(
        {
          game,
          items: vectorItems(normal(keyFrom(1), 20 * 6), 6),
          batch: 5,
          latent: 3,
          criticUpdates: 5,
          learningRates: { generator: 0.01, discriminator: 0.02 },
          key: keyFrom(2),
        },
        1,
        { device: "cpu", threads: 1 },
      ),
    RangeError,
    "Expected 5 batches of 5 items, which a turn takes, but found 20 items",
  );
});
