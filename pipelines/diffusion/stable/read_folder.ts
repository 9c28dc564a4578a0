/**
 * The files of a model in the layout of diffusers.
 * @module
 */
import type { AutoencoderConfig } from "../../../models/stable_diffusion/autoencoder_weights.ts";
import type { ClipTextConfig } from "../../../models/stable_diffusion/clip_text.ts";
import type { ConditionalUnetConfig } from "../../../models/stable_diffusion/conditional_unet_weights.ts";
import {
  schedulerClasses,
  type SchedulerConfig,
  type SchedulerKind,
  schedulerSettings,
} from "../../../models/samplers/scheduler_config.ts";
import { readFile } from "../../core/data/read_file.ts";
import { parseJson, type Zod } from "../../core/run/parse_json.ts";
import type { ClipVocabulary } from "./clip_tokenizer.ts";

/** Everything but the weights. */
export interface StableConfig {
  /** Configuration of the text encoder. */
  readonly text: ClipTextConfig;
  /** Configuration of the U-Net. */
  readonly unet: ConditionalUnetConfig;
  /** Configuration of the autoencoder. */
  readonly vae: AutoencoderConfig;
  /** The sampler that the model comes with, and its settings. */
  readonly scheduler: {
    readonly kind: SchedulerKind;
    readonly config: SchedulerConfig;
  };
  /** Vocabulary of the tokenizer. */
  readonly vocabulary: ClipVocabulary;
}

/** The most bytes of a file that is no weights. */
const MOST_BYTES = 2 ** 26;

/**
 * Reads and checks the configurations of a model's folder.
 *
 * @param folder With `model_index.json` and the folders of the parts.
 * @returns The configurations.
 * @throws {Error} If a file is missing.
 * @throws {SyntaxError} If a file does not describe what is supported, naming the setting.
 */
export async function readStableConfig(folder: string): Promise<StableConfig> {
  await readJson(
    folder,
    "model_index.json",
    (z) => z.looseObject({ _class_name: z.literal("StableDiffusionPipeline") }),
  );
  const text: ClipTextConfig = await readJson(
    folder,
    "text_encoder/config.json",
    textSchema,
  );
  return {
    text,
    unet: await readJson(folder, "unet/config.json", unetSchema),
    vae: await readJson(folder, "vae/config.json", vaeSchema),
    scheduler: await readScheduler(folder),
    vocabulary: await readVocabulary(folder, text.max_position_embeddings),
  };
}

/** Reads a text file of the folder. */
async function readText(folder: string, name: string): Promise<string> {
  const bytes = await readFile(`${folder}/${name}`, MOST_BYTES);
  if (bytes !== undefined) return new TextDecoder().decode(bytes);
  throw new Error(
    `Expected a folder in the layout of diffusers but found no ${folder}/${name}`,
  );
}

async function readJson<T>(
  folder: string,
  name: string,
  schema: Parameters<typeof parseJson<T>>[2],
): Promise<T> {
  return await parseJson(
    await readText(folder, name),
    `${folder}/${name}`,
    schema,
  );
}

async function readScheduler(
  folder: string,
): Promise<StableConfig["scheduler"]> {
  const name = "scheduler/scheduler_config.json";
  const found: Readonly<Record<string, unknown>> = await readJson(
    folder,
    name,
    (z) => z.record(z.string(), z.unknown()),
  );
  const kinds = Object.keys(schedulerClasses) as SchedulerKind[]; // the keys of the table
  const kind = kinds.find((one) =>
    schedulerClasses[one] === found["_class_name"]
  );
  if (kind === undefined) {
    throw new SyntaxError(
      `Expected one of ${
        Object.values(schedulerClasses).join(", ")
      } in ${folder}/${name} but found ${found["_class_name"]}`,
    );
  }
  const all = new Set(kinds.flatMap(schedulerSettings));
  const own = schedulerSettings(kind);
  const config: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(found)) {
    if (key.startsWith("_") || value === null) continue;
    if (own.includes(key)) config[key] = value;
    else if (!all.has(key)) { // others are left from the sampler that it was made from
      throw new SyntaxError(
        `Expected settings of a sampler in ${folder}/${name} but found "${key}"`,
      );
    }
  }
  return { kind, config: config as SchedulerConfig }; // values are checked where they are used
}

async function readVocabulary(
  folder: string,
  length: number,
): Promise<ClipVocabulary> {
  const vocabulary = await readJson(
    folder,
    "tokenizer/vocab.json",
    (z) => z.record(z.string(), z.int()),
  );
  const { pad_token } = await readJson(
    folder,
    "tokenizer/tokenizer_config.json",
    (z) =>
      z.looseObject({
        pad_token: z.union([
          z.string(),
          z.looseObject({ content: z.string() }).transform((t) => t.content),
        ]),
      }),
  );
  const lines = (await readText(folder, "tokenizer/merges.txt")).split("\n");
  const merges = lines.slice(1).filter((line) => line !== "").map((line) => {
    const [first, second, ...rest] = line.split(" ");
    if (first && second && rest.length === 0) return [first, second] as const;
    throw new SyntaxError(
      `Expected two symbols in a line of ${folder}/tokenizer/merges.txt but found "${line}"`,
    );
  });
  return {
    vocabulary: new Map(Object.entries(vocabulary)),
    merges,
    length,
    padding: pad_token,
  };
}

function textSchema(z: Zod["z"]) {
  const size = z.int().positive();
  return z.looseObject({
    vocab_size: size,
    hidden_size: size,
    intermediate_size: size,
    num_hidden_layers: size,
    num_attention_heads: size,
    max_position_embeddings: size,
    hidden_act: z.enum(["quick_gelu", "gelu"]),
    layer_norm_eps: z.literal(1e-5).optional(),
  });
}

function unetSchema(z: Zod["z"]) {
  const size = z.int().positive();
  const none = z.null().optional();
  const heads = z.union([size, z.array(size)]);
  return z.looseObject({
    sample_size: size,
    in_channels: size,
    out_channels: size,
    block_out_channels: z.array(size).min(1),
    down_block_types: z.array(z.enum(["CrossAttnDownBlock2D", "DownBlock2D"])),
    up_block_types: z.array(z.enum(["CrossAttnUpBlock2D", "UpBlock2D"])),
    mid_block_type: z.literal("UNetMidBlock2DCrossAttn").optional(),
    layers_per_block: size,
    cross_attention_dim: size,
    attention_head_dim: heads,
    num_attention_heads: heads.nullish(),
    norm_num_groups: size,
    norm_eps: z.number().positive(),
    use_linear_projection: z.boolean().default(false),
    act_fn: z.literal("silu").optional(),
    flip_sin_to_cos: z.literal(true).optional(),
    freq_shift: z.literal(0).optional(),
    downsample_padding: z.literal(1).optional(),
    transformer_layers_per_block: z.literal(1).optional(),
    resnet_time_scale_shift: z.literal("default").optional(),
    center_input_sample: z.literal(false).optional(),
    only_cross_attention: z.literal(false).optional(),
    class_embed_type: none,
    addition_embed_type: none,
    encoder_hid_dim: none,
    time_cond_proj_dim: none,
  });
}

function vaeSchema(z: Zod["z"]) {
  const size = z.int().positive();
  return z.looseObject({
    sample_size: size,
    in_channels: size,
    out_channels: size,
    latent_channels: size,
    block_out_channels: z.array(size).min(1),
    layers_per_block: size,
    norm_num_groups: size,
    scaling_factor: z.number().positive().default(0.18215),
    act_fn: z.literal("silu").optional(),
    shift_factor: z.null().optional(),
    use_quant_conv: z.literal(true).optional(),
    use_post_quant_conv: z.literal(true).optional(),
    mid_block_add_attention: z.literal(true).optional(),
  });
}
