/**
 * A finished run of each family of images, tiny.
 * @module
 */
import { createConvVae } from "../../../models/conv_vae.ts";
import { createRealNvp } from "../../../models/real_nvp.ts";
import { createTwoLayerVae } from "../../../models/two_layer_vae.ts";
import { createVae } from "../../../models/vae.ts";
import { keyFrom } from "../../../pipelines/core/random/key.ts";
import { diffusionModel } from "../../../pipelines/diffusion/diffusion_model.ts";
import { perceptrons } from "../../../pipelines/gan/build_players.ts";
import { gameVariables } from "../../../pipelines/gan/fit_game.ts";
import { sampleParameter } from "../../../pipelines/training/sample_parameter.ts";
import { twoLayerSizes } from "../../../pipelines/vae/iwae/build_iwae.ts";
import { leave } from "./leave_run.ts";

const draw = sampleParameter(keyFrom(3));
const image = { rows: "4", columns: "4" };

const iwae = {
  latent: 6,
  hidden: [5, 4],
  initialization: "fan-in",
  objective: "iwae",
  stageLength: 1,
} as const;

/** A run of each family of images, and how many pixels its images have. */
export const families: readonly {
  readonly kind: string;
  readonly leave: () => Promise<string>;
  readonly pixels: number;
}[] = [
  {
    kind: "vae",
    leave: async () => {
      const config = {
        latent: 2,
        hidden: [5],
        encoderActivation: "tanh",
        decoderActivation: "tanh",
        initialization: "fan-in",
      };
      const activation = { encoder: "tanh", decoder: "tanh" } as const;
      using vae = createVae(
        {
          latent: 2,
          hidden: [5],
          activation,
          pixels: 16,
          initialization: "fan-in",
        },
        draw,
      );
      return await leave(config, vae.variables, image);
    },
    pixels: 16,
  },
  {
    kind: "vae",
    leave: async () => {
      const config = {
        latent: 2,
        channels: 3,
        initialization: "glorot-uniform",
      } as const;
      const { channels: _, ...rest } = config;
      const options = { side: 8, channels: [3, 6], ...rest } as const;
      using vae = createConvVae(options, draw);
      const told = { rows: "8", columns: "8" };
      return await leave(config, vae.variables, told);
    },
    pixels: 64,
  },
  {
    kind: "vae",
    leave: async () => {
      using vae = createVae({ ...iwae, pixels: 16 }, draw);
      return await leave(iwae, vae.variables, image);
    },
    pixels: 16,
  },
  {
    kind: "two-layer-vae",
    leave: async () => {
      using vae = createTwoLayerVae(twoLayerSizes(iwae, 16), draw);
      return await leave(iwae, vae.variables, image);
    },
    pixels: 16,
  },
  {
    kind: "gan",
    leave: async () => {
      const config = {
        latent: 3,
        generatorHidden: [6],
        discriminatorHidden: [4],
      };
      using players = perceptrons(16, config, keyFrom(1));
      const all = { ...config, architecture: "mlp", channels: 4 };
      return await leave(all, gameVariables(players), image);
    },
    pixels: 16,
  },
  {
    kind: "flow",
    leave: async () => {
      const config = {
        dequantization: "uniform",
        hidden: 4,
        pixelCouplings: 2,
        channelCouplings: 2,
        noiseCouplings: 2,
        noiseHidden: 4,
        initialization: "fan-in",
      } as const;
      using flow = createRealNvp({ ...config, side: 4 }, draw);
      return await leave(config, flow.variables, image);
    },
    pixels: 16,
  },
  {
    kind: "diffusion",
    leave: async () => {
      const config = {
        channels: 8,
        timesteps: 100,
        schedule: "linear",
        prediction: "noise",
      } as const;
      using model = await diffusionModel(config, 8, keyFrom(1));
      const told = { rows: "8", columns: "8" };
      return await leave(config, model.averaged.variables, told);
    },
    pixels: 64,
  },
];
