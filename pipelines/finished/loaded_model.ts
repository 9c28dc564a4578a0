/**
 * Models of finished runs, with their weights.
 * @module
 */
import type { Network } from "../../models/adversarial/network.ts";
import type { Owned } from "../../models/parameters/parameters.ts";
import { createRealNvp, type RealNvp } from "../../models/real_nvp.ts";
import { createConvVae } from "../../models/conv_vae.ts";
import { createVae, type Vae } from "../../models/vae.ts";
import type { Json } from "../core/context.ts";
import { keyFrom } from "../core/random/key.ts";
import {
  type DiffusionModel,
  diffusionModel,
  type DiffusionSizes,
} from "../diffusion/diffusion_model.ts";
import type { FlowSizes } from "../flow/flow_settings.ts";
import { type OwnedPlayers, playersOf } from "../gan/build_players.ts";
import { gameVariables } from "../gan/fit_game.ts";
import type { GanLayers, GanSizes } from "../gan/gan_settings.ts";
import type { PixelImages } from "../images/images.ts";
import {
  transformerFor,
  type TransformerSizes,
} from "../language/build_transformer.ts";
import type { OwnedSequenceModel } from "../text/sequence_model.ts";
import type { LeftWeights } from "../training/leave_weights.ts";
import { sampleParameter } from "../training/sample_parameter.ts";
import { assignWeights } from "../training/weights.ts";
import {
  type ArchitectureSizes,
  convSizes,
} from "../vae/conv/architecture_sizes.ts";
import { modelSizes, type VaeSizes } from "../vae/build_vae.ts";

/** A model with the final weights of its run; dispose the run when it is no longer used. */
export type LoadedModel =
  | {
    readonly kind: "vae";
    readonly latent: number;
    readonly vae: Owned<Vae>;
    readonly image: ImageSize;
  }
  | {
    readonly kind: "gan";
    readonly latent: number;
    readonly generator: Network;
    readonly image: ImageSize;
  }
  | {
    readonly kind: "flow";
    readonly flow: Owned<RealNvp>;
    readonly image: ImageSize;
  }
  | {
    readonly kind: "diffusion";
    readonly diffusion: DiffusionModel;
    readonly image: ImageSize;
  }
  | { readonly kind: "language"; readonly language: OwnedSequenceModel };

/** How large images are. */
export interface ImageSize {
  /** Pixels from top to bottom. */
  readonly rows: number;
  /** Pixels from left to right. */
  readonly columns: number;
}

/** A model, and what frees it. */
export interface OwnedModel extends Disposable {
  /** The model; `undefined` where no family has these settings. */
  readonly model: LoadedModel | undefined;
}

/**
 * Rebuilds the model of a run from its settings, and gives it the run's weights.
 *
 * The family is the one that has the run's settings: `encoderActivation` of a VAE, `generatorHidden` of a GAN, `heads`
 * of a transformer, `timesteps` of a diffusion model, `pixelCouplings` of a flow.
 *
 * @param settings Settings of the run.
 * @param left What the run left.
 * @returns The model.
 * @throws {RangeError} If the weights are of another model.
 */
export async function rebuild(
  settings: Readonly<Record<string, Json>>,
  { weights, told }: LeftWeights,
): Promise<OwnedModel> {
  const key = keyFrom(0); // every weight is replaced
  const has = (...names: readonly string[]) =>
    names.every((name) => name in settings);
  const image = {
    rows: Number(told["rows"]),
    columns: Number(told["columns"]),
  };
  const given = settings as unknown; // checked by the run's flags when it began
  const hasSize = image.rows > 0 && image.columns > 0;
  if (hasSize && has("encoderActivation", "decoderActivation", "latent")) {
    const sizes = given as VaeSizes;
    const options = modelSizes(sizes, blank(image));
    const vae = createVae(options, sampleParameter(key));
    assignWeights(vae.variables, weights);
    return owned({ kind: "vae", latent: sizes.latent, vae, image }, vae);
  }
  if (hasSize && has("generatorHidden", "latent", "architecture")) {
    const sizes = given as GanSizes & GanLayers;
    const players = playersOf(sizes.architecture, blank(image), sizes, key);
    assignWeights(gameVariables(players), weights);
    const { generator } = players;
    return owned(
      { kind: "gan", latent: sizes.latent, generator, image },
      players,
    );
  }
  if (hasSize && has("timesteps", "prediction", "channels")) {
    const diffusion = await diffusionModel(
      given as DiffusionSizes,
      image.rows,
      key,
    );
    assignWeights(diffusion.averaged.variables, weights);
    return owned({ kind: "diffusion", diffusion, image }, diffusion);
  }
  if (hasSize && has("channels", "latent", "initialization")) {
    const sizes = given as ArchitectureSizes;
    const options = convSizes(sizes, blank(image));
    const vae = createConvVae(options, sampleParameter(key));
    assignWeights(vae.variables, weights);
    return owned({ kind: "vae", latent: sizes.latent, vae, image }, vae);
  }
  if (hasSize && has("pixelCouplings", "dequantization")) {
    const flow = createRealNvp(
      { ...given as FlowSizes, side: image.rows },
      sampleParameter(key),
    );
    assignWeights(flow.variables, weights);
    return owned({ kind: "flow", flow, image }, flow);
  }
  if (has("normalization", "heads", "width") && "vocabulary" in told) {
    const vocabulary = JSON.parse(told["vocabulary"]!) as readonly string[];
    const language = transformerFor(vocabulary, given as TransformerSizes, key);
    assignWeights(language.variables, weights);
    return owned({ kind: "language", language }, language);
  }
  return { model: undefined, [Symbol.dispose]: () => {} };
}

function owned(
  model: LoadedModel,
  resource: Disposable | OwnedPlayers,
): OwnedModel {
  return { model, [Symbol.dispose]: () => resource[Symbol.dispose]() };
}

/** Images of a size, but none of them: what the builders read the size from. */
function blank({ rows, columns }: ImageSize): PixelImages {
  const none = {
    pixels: new Uint8Array(),
    labels: new Uint8Array(),
    count: 0,
    rows,
    columns,
  };
  const splits = { train: none, validation: none, test: none };
  return { ...splits, binarization: "none", redraw: () => none };
}
