/**
 * Models of finished runs, with their weights.
 * @module
 */
import type { Network } from "../../models/adversarial/network.ts";
import type { Owned } from "../../models/parameters/parameters.ts";
import { createRealNvp, type RealNvp } from "../../models/real_nvp.ts";
import { createConvVae } from "../../models/conv_vae.ts";
import {
  createTwoLayerVae,
  type TwoLayerVae,
} from "../../models/two_layer_vae.ts";
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
import type { StoredTranslator } from "../translation/stored_translator.ts";
import {
  restoreTranslator,
  TRANSLATOR_FILE,
} from "../translation/translator_file.ts";
import {
  type ArchitectureSizes,
  convSizes,
} from "../vae/conv/architecture_sizes.ts";
import { modelSizes, type VaeSizes } from "../vae/build_vae.ts";
import { type IwaeSizes, twoLayerSizes } from "../vae/iwae/build_iwae.ts";

/** A model with the final weights of its run; dispose the run when it is no longer used. */
export type LoadedModel =
  | {
    readonly kind: "vae";
    readonly latent: number;
    readonly vae: Owned<Vae>;
    readonly image: ImageSize;
  }
  | {
    readonly kind: "two-layer-vae";
    /** Numbers in both layers of latents. */
    readonly latent: number;
    readonly vae: Owned<TwoLayerVae>;
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
    /** Classes that it has learned from. */
    readonly classes: number;
    readonly image: ImageSize;
  }
  | { readonly kind: "language"; readonly language: OwnedSequenceModel }
  | { readonly kind: "translator"; readonly translator: StoredTranslator };

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
 * The family is the one that has the run's settings: `encoderActivation` of a VAE, `stageLength` of an importance
 * weighted autoencoder, `generatorHidden` of a GAN, `heads` of a transformer, `timesteps` of a diffusion model,
 * `pixelCouplings` of a flow. The file of a translator says itself how to rebuild it.
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
  if ("transformer" in told || "direction" in told) {
    const content = { tensors: weights, metadata: told };
    const translator = await restoreTranslator(content, TRANSLATOR_FILE);
    return owned({ kind: "translator", translator }, translator);
  }
  const given = settings as unknown; // checked by the run's flags when it began
  const hasSize = image.rows > 0 && image.columns > 0;
  if (hasSize && has("encoderActivation", "decoderActivation", "latent")) {
    const sizes = given as VaeSizes;
    const options = modelSizes(sizes, blank(image));
    const vae = createVae(options, sampleParameter(key));
    assignWeights(vae.variables, weights);
    return owned({ kind: "vae", latent: sizes.latent, vae, image }, vae);
  }
  if (hasSize && has("stageLength", "objective", "latent")) {
    return rebuildIwae(given as IwaeSizes, image, weights);
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
    const classes = Number(told["classes"] ?? diffusion.classes) || 1; // images may have no labels
    return owned({ kind: "diffusion", diffusion, classes, image }, diffusion);
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

/** The model of Burda et al. 2016, whose parameters tell whether it has one layer of latents or two. */
function rebuildIwae(
  sizes: IwaeSizes,
  image: ImageSize,
  weights: LeftWeights["weights"],
): OwnedModel {
  const { latent } = sizes;
  const pixels = image.rows * image.columns;
  const draw = sampleParameter(keyFrom(0)); // every weight is replaced
  if ("decoder/first/mean/weight" in weights) {
    const vae = createTwoLayerVae(twoLayerSizes(sizes, pixels), draw);
    assignWeights(vae.variables, weights);
    return owned({ kind: "two-layer-vae", latent, vae, image }, vae);
  }
  const { hidden, initialization } = sizes;
  const vae = createVae({ latent, hidden, initialization, pixels }, draw);
  assignWeights(vae.variables, weights);
  return owned({ kind: "vae", latent, vae, image }, vae);
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
