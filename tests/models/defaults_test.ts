import { assertAlmostEquals, assertEquals, assertNotEquals } from "@std/assert";
import * as tf from "@tensorflow/tfjs";
import { crossEntropy } from "../../models/adversarial/objective.ts";
import {
  dcganDiscriminatorSpecs,
  dcganGeneratorSpecs,
} from "../../models/dcgan.ts";
import { noiseSchedule } from "../../models/diffusion/noise_schedule.ts";
import { vectorFlowSpecs } from "../../models/flows/vector_flow.ts";
import { createDiscriminator } from "../../models/gan.ts";
import { tokenCrossEntropy } from "../../models/objectives/token_cross_entropy.ts";
import { adagrad } from "../../models/optimizers/adagrad.ts";
import { adam, adamW } from "../../models/optimizers/adam.ts";
import type { Optimizer } from "../../models/optimizers/optimizer.ts";
import { sgd } from "../../models/optimizers/sgd.ts";
import { realNvpSpecs } from "../../models/real_nvp.ts";
import { configuredSampling } from "../../models/samplers/configured_sampling.ts";
import { ddim } from "../../models/samplers/ddim.ts";
import { ddpm } from "../../models/samplers/ddpm.ts";
import { dpmSolver } from "../../models/samplers/dpm_solver.ts";
import { dpmSolverSde } from "../../models/samplers/dpm_solver_sde.ts";
import { lms } from "../../models/samplers/lms.ts";
import { pndm } from "../../models/samplers/pndm.ts";
import { runSampler } from "../../models/samplers/run_sampler.ts";
import type { Sampler } from "../../models/samplers/sampler.ts";
import { gridAt } from "../../models/samplers/sampling_grid.ts";
import { unipc } from "../../models/samplers/unipc.ts";
import { nextToken } from "../../models/sampling/next_token.ts";
import { timeFeatures } from "../../models/unet/time_features.ts";
import { sameConvolutionSpecs } from "../../models/unet/same_convolution.ts";
import { createVaeOf } from "../../models/vae.ts";
import { drawWave, wave } from "../golden/waves.ts";

const schedule = noiseSchedule("linear", 40);
const grid = gridAt(schedule, [39, 35, 31, 27, 23, 19, 15, 11, 7, 3]);

/** Where a sampler leads three numbers whose estimated image bends them. */
function end(sampler: Sampler): readonly number[] {
  const noise = (visit: number) =>
    Float64Array.from([1, 2, 3], (i) => Math.sin(7 * i + visit));
  const run = runSampler(sampler, grid, Float64Array.of(1, -0.5, 0.25), {
    ...{ prediction: "image", clip: "none", noise },
  });
  let state = run.next();
  while (!state.done) state = run.next(state.value.x.map(Math.tanh));
  return [...state.value];
}

/** What an optimizer makes of two numbers by three updates. */
function learned(
  make: (variables: { readonly x: tf.Variable }) => Optimizer,
): readonly number[] {
  const x = tf.variable(tf.tensor([1, -2]));
  using optimizer = make({ x });
  for (const gradient of [[1, 0.1], [-2, 3], [0.5, 1e-8]]) {
    optimizer.apply({ x: tf.tensor(gradient) }, tf.scalar(0.1));
  }
  const found = [...x.dataSync()];
  x.dispose();
  return found;
}

function scored(own: Partial<Parameters<typeof createDiscriminator>[0]>) {
  using player = createDiscriminator({ widths: [3, 4, 1], ...own }, drawWave);
  return [...player.evaluate(wave<tf.Rank.R2>([5, 3], 0.1)).dataSync()];
}

const real = wave<tf.Rank.R2>([4, 1], 0.3);
const fake = wave<tf.Rank.R2>([4, 1], 0.7);

function played(options?: Parameters<typeof crossEntropy>[0]) {
  const { discriminator, generator, penalty } = crossEntropy(options);
  const losses = [discriminator({ real, fake }), generator(fake)];
  return [...losses.map((loss) => loss.dataSync()[0]), penalty];
}

const logits = wave<tf.Rank.R2>([6, 5], 0.1);
const noise = tf.tensor1d([0.05, 0.2, 0.4, 0.6, 0.8, 0.95]);
const targets = tf.tensor1d([0, 1, 2, 3, 4, 0], "int32");
const flow = { size: 4, couplings: 2, hidden: [3] };

/** What is made without an option, with its default, and with something else. */
type Case = readonly [plain: unknown, told: unknown, other: unknown];

const cases: Readonly<Record<string, Case>> = {
  "RealNVP": [
    realNvpSpecs({ dequantization: "variational" }),
    realNvpSpecs({
      ...{ dequantization: "variational", side: 28, hidden: 64 },
      ...{ pixelCouplings: 6, channelCouplings: 4, noiseCouplings: 4 },
      ...{ noiseHidden: 32, initialization: "fan-in" },
    }),
    realNvpSpecs({ dequantization: "uniform" }),
  ],
  "flows of vectors": [
    vectorFlowSpecs(flow),
    vectorFlowSpecs({ ...flow, bound: 2 }),
    vectorFlowSpecs({ ...flow, bound: 3 }),
  ],
  "convolutional generators": [
    dcganGeneratorSpecs({}),
    dcganGeneratorSpecs({ latent: 100, side: 28, channels: 32 }),
    dcganGeneratorSpecs({ channels: 31 }),
  ],
  "convolutional discriminators": [
    dcganDiscriminatorSpecs({}),
    dcganDiscriminatorSpecs({ side: 28, channels: 32 }),
    dcganDiscriminatorSpecs({ side: 32 }),
  ],
  "convolutions that keep the side": [
    sameConvolutionSpecs({ inputs: 2, outputs: 3 }),
    sameConvolutionSpecs({ inputs: 2, outputs: 3, side: 3 }),
    sameConvolutionSpecs({ inputs: 2, outputs: 3, side: 5 }),
  ],
  "perceptrons": [
    scored({}),
    scored({ activation: "leaky-relu", norm: "none", output: "linear" }),
    scored({ activation: "tanh" }),
  ],
  "the game by cross-entropy": [
    played(),
    played({ target: 1, loss: "non-saturating", r1: 0 }),
    played({ loss: "saturating" }),
  ],
  "losses of tokens": [
    ...[undefined, { labelSmoothing: 0 }, { labelSmoothing: 0.1 }].map(
      (options) => [...tokenCrossEntropy(logits, targets, options).dataSync()],
    ),
  ] as unknown as Case, // three options
  "next tokens": [
    ...[{}, { temperature: 1 }, { temperature: 0.2 }].map(
      (options) => [...nextToken(logits, noise, options).dataSync()],
    ),
  ] as unknown as Case, // likewise
  "waves of timesteps": [
    timeFeatures([3, 5], 8),
    timeFeatures([3, 5], 8, { first: "cosine", shift: 0 }),
    timeFeatures([3, 5], 8, { first: "sine", shift: 1 }),
  ],
  "Adam": [
    learned((x) => adam(x)),
    learned((x) => adam(x, { beta1: 0.9, beta2: 0.999, epsilon: 1e-8 })),
    learned((x) => adam(x, { beta2: 0.99 })),
  ],
  "Adam with decay": [
    learned((x) => adamW(x)),
    learned((x) => adamW(x, { beta1: 0.9, weightDecay: 0.01 })),
    learned((x) => adamW(x, { weightDecay: 0.02 })),
  ],
  "gradient descent": [
    learned((x) => sgd(x)),
    learned((x) => sgd(x, { momentum: 0 })),
    learned((x) => sgd(x, { momentum: 0.5 })),
  ],
  "Adagrad": [
    learned((x) => adagrad(x)),
    learned((x) => adagrad(x, { epsilon: 1e-10 })),
    learned((x) => adagrad(x, { epsilon: 1e-2 })),
  ],
  "DDIM": [end(ddim()), end(ddim({ eta: 0 })), end(ddim({ eta: 1 }))],
  "DDPM": [
    end(ddpm()),
    end(ddpm({ variance: "smaller" })),
    end(ddpm({ variance: "larger" })),
  ],
  "DPM-Solver++": [
    end(dpmSolver()),
    end(dpmSolver({
      ...{ order: 2, slope: "midpoint", third: "corrected" },
      last: "automatic",
    })),
    end(dpmSolver({ slope: "heun" })),
  ],
  "SDE-DPM-Solver++": [
    end(dpmSolverSde()),
    end(dpmSolverSde({ order: 2, last: "automatic" })),
    end(dpmSolverSde({ order: 1 })),
  ],
  "LMS": [
    end(lms()),
    end(lms({ order: 4, begin: "corrected" })),
    end(lms({ order: 3 })),
  ],
  "PNDM": [
    end(pndm()),
    end(pndm({ start: "linear", of: "noise" })),
    end(pndm({ of: "velocity" })),
  ],
  "UniPC": [
    end(unipc()),
    end(unipc({ order: 2, basis: "expm1", last: "automatic" })),
    end(unipc({ basis: "linear" })),
  ],
  "configured DDIM": [
    configuredSampling("ddim", {}, 10),
    configuredSampling("ddim", {
      ...{ num_train_timesteps: 1000, beta_start: 1e-4, beta_end: 0.02 },
      ...{ beta_schedule: "linear", prediction_type: "epsilon" },
      ...{ timestep_spacing: "leading", steps_offset: 0, clip_sample: true },
      ...{ clip_sample_range: 1, set_alpha_to_one: true },
      rescale_betas_zero_snr: false,
    }, 10),
    configuredSampling("ddim", { clip_sample_range: 2 }, 10),
  ],
};

for (const [name, [plain, told, other]] of Object.entries(cases)) {
  Deno.test(`${name} without options have the written defaults`, () => {
    assertEquals(JSON.stringify(plain), JSON.stringify(told));
    assertNotEquals(JSON.stringify(plain), JSON.stringify(other));
  });
}

Deno.test("normal pixels deviate by a fifth before they learn", () => {
  const sizes = { pixels: 3, hidden: 2, latent: 1 };
  using vae = createVaeOf({ ...sizes, likelihood: "normal" }, (spec) => {
    const size = spec.shape.reduce((product, side) => product * side, 1);
    const value = spec.initial.kind === "constant" ? spec.initial.value : 0;
    return new Float32Array(size).fill(value);
  });
  const { logVariance } = vae.decode(tf.zeros([1, 1])) as unknown as {
    readonly logVariance: tf.Tensor; // of normal pixels
  };
  assertAlmostEquals(logVariance.dataSync()[0]!, Math.log(0.04), 1e-6);
});

Deno.test("a sampler is shown the newest thirteen visits before its own, and no more", () => {
  const shown: number[] = [];
  const watching: Sampler = {
    ...{ name: "watching", order: 1 },
    visits: ({ nodes }) => nodes.slice(1).map((_, i) => i),
    step: ({ past: [{ x }, ...before] }) => {
      shown.push(before.length);
      return { x };
    },
  };
  const long = gridAt(schedule, Array.from({ length: 20 }, (_, i) => 39 - i));
  const run = runSampler(watching, long, Float64Array.of(1), {
    ...{ prediction: "image", clip: "none" },
  });
  let state = run.next();
  while (!state.done) state = run.next([0]);
  assertEquals(shown.length, 20);
  assertEquals([shown[0], shown[12], shown[13], shown[19]], [0, 12, 13, 13]);
});
