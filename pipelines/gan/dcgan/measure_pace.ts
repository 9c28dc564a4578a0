/**
 * The stage that finds out how long a turn of each architecture takes.
 * @module
 */
import { crossEntropy } from "../../../models/adversarial/objective.ts";
import { adam } from "../../../models/optimizers/adam.ts";
import type { RunContext } from "../../core/context.ts";
import { type Stage, stage } from "../../core/stage.ts";
import { only } from "../../core/task/flags.ts";
import type { GreyImages } from "../../images/images.ts";
import { playersOf } from "../build_players.ts";
import { compileGame } from "../compile_game.ts";
import {
  type GanArchitecture,
  type GanLayers,
  ganLayers,
  type GanSizes,
  ganSizes,
  type GanTraining,
  ganTraining,
} from "../gan_settings.ts";
import { imageItems } from "../items.ts";
import { type TimeRatio, timeRatio } from "./dcgan_settings.ts";

/** Turns that are timed at once, and how often. */
const TURNS = 5;
const ROUNDS = 5;

/** Times turns of both architectures in alternation, once for a run that is killed and goes on. */
export const measurePace: Stage<
  & Partial<
    & GanSizes
    & Pick<GanLayers, "channels">
    & TimeRatio
    & Pick<GanTraining, "batch">
  >
  & { readonly grey: GreyImages },
  { readonly pace: number }
> = stage("pace", {
  needs: ["grey"],
  settings: {
    ...ganSizes,
    ...only(ganLayers, "channels"),
    ...timeRatio,
    ...only(ganTraining, "batch"),
  },
  adds: { pace: "epochs of perceptrons in the time of one with convolutions" },
}, async ({ grey, batch, timeRatio: given, ...sizes }, context) => {
  const settle = (pace: number) => {
    context.describe({ settled: { timeRatio: pace } }); // so that the run can be repeated
    return { pace };
  };
  if (given > 0) return settle(given);
  const kept = (await context.checkpoints.restore(context.path))?.state;
  if (typeof kept === "number") return settle(kept);
  const options = { grey, batch, sizes };
  using conv = await timerOf("conv", options, context);
  using mlp = await timerOf("mlp", options, context);
  const ratios: number[] = [];
  for (let round = 0; round <= ROUNDS; round++) {
    const ratio = await conv.seconds(round) / await mlp.seconds(round);
    if (round > 0) ratios.push(ratio); // the first calls are slower
  }
  const pace = ratios.sort((a, b) => a - b)[ROUNDS >> 1]!; // as many as rounds
  const checkpoint = { step: TURNS, tensors: {}, state: pace };
  await context.checkpoints.save(context.path, checkpoint);
  return settle(pace);
});

interface Timer extends Disposable {
  /** Seconds that some turns take. */
  readonly seconds: (round: number) => Promise<number>;
}

async function timerOf(
  architecture: GanArchitecture,
  { grey, batch, sizes }: {
    readonly grey: GreyImages;
    readonly batch: number;
    readonly sizes: GanSizes & Pick<GanLayers, "channels">;
  },
  context: RunContext,
): Promise<Timer> {
  const { key } = context;
  using stack = new DisposableStack();
  const players = stack.use(playersOf(architecture, grey, sizes, key));
  const optimizers = {
    generator: stack.use(adam(players.generator.variables)),
    discriminator: stack.use(adam(players.discriminator.variables)),
  };
  const turns = stack.use(
    await compileGame(
      {
        game: { ...players, objective: crossEntropy(), optimizers },
        items: imageItems(grey.train),
        batch,
        latent: sizes.latent,
        criticUpdates: 1,
        learningRates: { generator: 0, discriminator: 0 },
        key,
      },
      TURNS,
      context,
    ),
  );
  const owner = stack.move();
  return {
    seconds: async (round) => {
      const start = performance.now();
      await turns.run(round * TURNS, TURNS);
      return (performance.now() - start) / 1000;
    },
    [Symbol.dispose]: () => owner.dispose(),
  };
}
