/**
 * Convolutional players beside perceptrons, at equal epochs and at equal time.
 * @module
 */
import { forEach } from "../../core/for_each.ts";
import { pipeline } from "../../core/pipeline.ts";
import type { Summary } from "../../core/run/summary.ts";
import type { Stage } from "../../core/stage.ts";
import { type Flags, only, withDefaults } from "../../core/task/flags.ts";
import type { GreyImages } from "../../images/images.ts";
import {
  type ImageRequest,
  imageRequest,
  loadMnist,
} from "../../images/load_mnist.ts";
import { buildPlayers } from "../build_players.ts";
import { checkGame } from "../check_game.ts";
import { evaluateSamples } from "../evaluate_samples.ts";
import {
  type GanArchitecture,
  type GanLayers,
  ganLayers,
  type GanLosses,
  ganLosses,
  type GanSizes,
  ganSizes,
  type GanTraining,
  ganTraining,
  type SampleRequest,
  sampleRequest,
} from "../gan_settings.ts";
import { trainGan } from "../train_gan.ts";
import { type TimeRatio, timeRatio } from "./dcgan_settings.ts";
import { drawDcgan } from "./draw_dcgan.ts";
import { finishGanCase } from "./finish_case.ts";
import type { GanCase } from "./gan_case.ts";
import { measurePace } from "./measure_pace.ts";
import { reportDcgan } from "./report_dcgan.ts";

/** What all games have in common. */
export interface DcganSettings
  extends
    GanSizes,
    Pick<GanLayers, "channels">,
    GanLosses,
    GanTraining,
    SampleRequest {}

/** Everything that shapes the comparison. */
export interface DcganConfig extends ImageRequest, DcganSettings, TimeRatio {}

const common: Flags<DcganSettings> = {
  ...ganSizes,
  ...only(ganLayers, "channels"),
  ...ganLosses,
  ...ganTraining,
  ...sampleRequest,
};

/** Settings of the comparison but for `data`. */
export const dcganFlags: Flags<Omit<DcganConfig, "data">> = {
  ...withDefaults(common, { epochs: 3, snapshots: [] }),
  ...timeRatio,
  ...imageRequest,
};

/** What each game starts from. */
interface Game extends DcganSettings {
  readonly title: string;
  readonly architecture: GanArchitecture;
  readonly grey: GreyImages;
}

/** Plays each game, with equal noise where the architecture is the same. */
const games: Stage<
  & Partial<DcganSettings>
  & { readonly grey: GreyImages; readonly pace: number },
  { readonly games: readonly GanCase[] }
> = forEach("games", {
  needs: ["grey", "pace"],
  settings: common,
  adds: { games: "what was found of each game" },
  cases: ({ pace, ...input }) => {
    const gameOf = (
      title: string,
      architecture: GanArchitecture,
      epochs: number,
    ) => ({
      name: title.replaceAll(" ", "-"),
      keyName: architecture,
      input: { ...input, title, architecture, epochs },
    });
    const { epochs } = input;
    const equal = Math.max(1, Math.round(pace * epochs));
    return [
      gameOf("DCGAN", "conv", epochs),
      gameOf("MLP", "mlp", epochs),
      gameOf("MLP for as long", "mlp", equal),
    ];
  },
  stage: pipeline<Game>("game")
    .pipe(buildPlayers)
    .pipe(trainGan)
    .pipe(evaluateSamples)
    .pipe(finishGanCase)
    .give("ganCase"),
  collect: (results) => ({ games: results.map(({ out }) => out.ganCase) }),
});

/** From images to the numbers, words and pictures of three games. */
export function dcganExperiment(
  name: string,
): Stage<DcganConfig, { readonly summary: Summary }> {
  return pipeline<DcganConfig>(name)
    .pipe(loadMnist)
    .pipe(checkGame)
    .pipe(measurePace)
    .pipe(games)
    .pipe(reportDcgan)
    .pipe(drawDcgan)
    .give("summary");
}
