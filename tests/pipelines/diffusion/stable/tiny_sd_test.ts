// deno-lint-ignore-file camelcase -- the names of diffusers
import {
  assert,
  assertAlmostEquals,
  assertEquals,
  assertLess,
} from "@std/assert";
import {
  configuredSampling,
} from "../../../../models/samplers/configured_sampling.ts";
import type {
  SchedulerConfig,
  SchedulerKind,
} from "../../../../models/samplers/scheduler_config.ts";
import { clipTokenizer } from "../../../../pipelines/diffusion/stable/clip_tokenizer.ts";
import { drawLatents } from "../../../../pipelines/diffusion/stable/draw_prompt.ts";
import {
  loadStable,
  PAIR,
} from "../../../../pipelines/diffusion/stable/load_stable.ts";
import { readStableConfig } from "../../../../pipelines/diffusion/stable/read_folder.ts";

const data = Deno.env.get("LOWERBOUND_DATA");
const folder = `${data}/tiny-sd`;
const ignore = !data || !exists(`${folder}/model_index.json`);
const run = {
  device: "cpu",
  threads: 1,
  signal: new AbortController().signal,
} as const;

function exists(path: string): boolean {
  try {
    return Deno.statSync(path).isFile;
  } catch {
    return false;
  }
}

// deno-lint-ignore no-explicit-any -- goldens by diffusers and transformers, in float64
function golden(name: string): any {
  return JSON.parse(Deno.readTextFileSync(`${folder}/goldens/${name}.json`));
}

async function open() {
  const config = await readStableConfig(folder);
  const tokenize = clipTokenizer(config.vocabulary);
  const networks = loadStable(folder, config, run);
  const tokensOf = (...prompts: string[]) =>
    Int32Array.from(prompts.flatMap((p) => [...tokenize(p).tokens]));
  return { config, tokenize, networks, tokensOf };
}

/** The greatest distance, per unit of the greatest number expected. */
function distance(found: ArrayLike<number>, wanted: readonly number[]): number {
  const scale = Math.max(1, ...wanted.map(Math.abs));
  return Math.max(...wanted.map((w, i) => Math.abs(found[i]! - w))) / scale;
}

Deno.test(
  "prompts become the tokens of CLIP, cut after 75",
  { ignore },
  async () => {
    const { config, tokenize } = await open();
    for (const { text, ids } of golden("text").cases) {
      const { tokens, cut } = tokenize(text);
      assertEquals([...tokens], ids, text);
      assertEquals(cut !== "", text.length > 150, text);
    }
    assertEquals(config.vocabulary.length, 77);
  },
);

Deno.test("texts become the vectors of CLIP", { ignore }, async () => {
  const { networks, tokensOf } = await open();
  using _ = networks;
  for (const one of golden("text").cases) {
    const vectors = await networks.encodeText(tokensOf(one.text, one.text));
    const row = vectors.subarray(32, 64);
    // float32 through three layers of sums of 64 products
    assertLess(distance(row, one.hidden_row1), 2e-5);
    const whole = vectors.subarray(0, 77 * 32);
    const mean = whole.reduce((sum, x) => sum + Math.abs(x), 0) / whole.length;
    assertAlmostEquals(mean, one.hidden_abs_mean, 1e-5);
  }
});

Deno.test(
  "the U-Net and the autoencoder are those of diffusers",
  { ignore },
  async () => {
    const { config, networks, tokensOf } = await open();
    using _ = networks;
    const modules = golden("modules");
    for (const { t, text, out } of modules.unet) {
      const vectors = await networks.encodeText(tokensOf(text, text));
      const found = await networks.predict(modules.latents, t, vectors);
      // 30 layers of at most 9 * 128 products, whose norms keep the scale
      assertLess(distance(found, out), 1e-4);
      assertLess(distance(found.subarray(found.length / PAIR), out), 1e-4);
    }
    const pixels = await networks.decode(modules.latents);
    assertLess(
      distance(pixels, modules.vae_decode_of_latents_over_scaling),
      1e-4,
    );
    const image = new Float32Array(3 * 16 * 16);
    image.forEach((_, i) => {
      const [c, y, x] = [Math.floor(i / 256), Math.floor(i / 16) % 16, i % 16];
      image[i] = Math.tanh(modules.latents[c * 64 + (y >> 1) * 8 + (x >> 1)]);
    });
    const { mean, logVariance } = await networks.encode(image);
    assertLess(distance(mean, modules.vae_encode_mean), 1e-4);
    assertLess(distance(logVariance, modules.vae_encode_logvar), 1e-4);
    assertEquals(config.vae.scaling_factor, 0.18215);
  },
);

const BETAS: SchedulerConfig = {
  beta_start: 0.00085,
  beta_end: 0.012,
  beta_schedule: "scaled_linear",
};
const LIKE_SD = { ...BETAS, steps_offset: 1, set_alpha_to_one: false };
const kinds: Readonly<
  Record<string, readonly [SchedulerKind, SchedulerConfig]>
> = {
  pndm: ["pndm", { ...LIKE_SD, skip_prk_steps: true }],
  ddim: ["ddim", { ...LIKE_SD, clip_sample: false }],
  lms: ["lms", BETAS],
  euler: ["euler", BETAS],
  euler_ancestral: ["eulerAncestral", BETAS],
  dpmpp_2m: ["dpm", BETAS],
  dpmpp_2m_karras: ["dpm", { ...BETAS, use_karras_sigmas: true }],
};

Deno.test(
  "whole runs end where those of diffusers do",
  { ignore },
  async () => {
    const { config, networks, tokensOf } = await open();
    using _ = networks;
    const { latents } = golden("modules");
    const noise = golden("noise");
    const rows: readonly number[][] = noise.noise ?? noise;
    assertEquals(config.scheduler.kind, "pndm");
    for (const one of golden("pipeline").cases) {
      const [kind, settings] = kinds[one.scheduler]!;
      const sampling = configuredSampling(
        kind,
        kind === "pndm" ? config.scheduler.config : settings,
        one.steps,
      );
      const name = `${one.scheduler} ${one.guidance} "${one.negative}"`;
      const text = await networks.encodeText(
        tokensOf(one.negative, one.prompt),
      );
      const visited: number[] = [];
      const found = await drawLatents(networks, {
        sampling,
        text,
        guidance: one.guidance,
        start: latents,
        noise: (visit) => Float64Array.from(rows[visit]!.flat(3)),
        watch: ({ node }) => visited.push(node.timestep),
      });
      visited.forEach((t, i) =>
        assertAlmostEquals(t, one.timesteps[i], 1e-6, name)
      );
      // float32 networks in ten steps, guided 7.5 times: relative to latents of 10 to 70
      assertLess(distance(found, one.latents), 1e-4, name);
      const pixels = await networks.decode(found);
      const mean = pixels.reduce((sum, x) => sum + x, 0) / pixels.length;
      assertAlmostEquals(mean, one.image_mean, 1e-3, name);
      assert(pixels.every(Number.isFinite));
    }
  },
);
