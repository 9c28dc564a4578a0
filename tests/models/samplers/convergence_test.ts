import { assertAlmostEquals, assertEquals } from "@std/assert";
import { noiseSchedule } from "../../../models/diffusion/noise_schedule.ts";
import {
  denoise,
  mixtureCdf,
  mixtureQuantile,
  noisyMixture,
  type NormalMixture,
} from "../../../models/diffusion/normal_mixture.ts";
import { ddim } from "../../../models/samplers/ddim.ts";
import { dpmSolver } from "../../../models/samplers/dpm_solver.ts";
import { euler } from "../../../models/samplers/euler.ts";
import { heun } from "../../../models/samplers/heun.ts";
import { lms } from "../../../models/samplers/lms.ts";
import { runSampler } from "../../../models/samplers/run_sampler.ts";
import type { Sampler } from "../../../models/samplers/sampler.ts";
import {
  gridAt,
  gridNode,
  type SamplingGrid,
} from "../../../models/samplers/sampling_grid.ts";
import {
  spacedTimesteps,
  type SpacingOptions,
} from "../../../models/samplers/spacing.ts";
import { unipc } from "../../../models/samplers/unipc.ts";
import golden from "../../golden/diffusion/exact.json" with { type: "json" };

const A: NormalMixture = { weights: [1], means: [0.5], deviations: [0.25] };
const B: NormalMixture = {
  weights: [0.3, 0.7],
  means: [-2, 1.5],
  deviations: [0.5, 0.25],
};

/** Noise ratios as Karras et al. have them, from 80 to 0.02, where the way ends. */
function ratioGrid(steps: number): SamplingGrid {
  const [first, last] = [80 ** (1 / 7), 0.02 ** (1 / 7)];
  return {
    nodes: Array.from(
      { length: steps },
      (_, i) => gridNode(0, (first + i / (steps - 1) * (last - first)) ** 7),
    ),
  };
}

/** 41 starts from -2.1 to 2.1 standard deviations. */
const starts = Float64Array.from({ length: 41 }, (_, i) => -2.1 + 4.2 * i / 40);

/** Root mean square of the distance to the end of the probability flow, which keeps every quantile. */
function endError(
  sampler: Sampler,
  grid: SamplingGrid,
  data: NormalMixture,
): number {
  const [from, to] = [grid.nodes[0]!, grid.nodes.at(-1)!];
  const start = starts.map((z) => z * from.spread);
  const run = runSampler(sampler, grid, start, {
    prediction: "image",
    clip: "none",
  });
  let state = run.next([]);
  while (!state.done) {
    const { x, node } = state.value;
    state = run.next(x.map((value) => denoise(data, value, node).mean));
  }
  const [noisy, clean] = [noisyMixture(data, from), noisyMixture(data, to)];
  const squares = state.value.map((x, i) =>
    ((x - mixtureQuantile(clean, mixtureCdf(noisy, start[i]!))) / to.signal) **
      2
  );
  return Math.sqrt(squares.reduce((sum, s) => sum + s, 0) / squares.length);
}

const published: Readonly<Record<string, Sampler>> = {
  euler,
  heun,
  lms2: lms({ order: 2 }),
  lms3: lms({ order: 3 }),
  lms4: lms(),
  dpm1: dpmSolver({ order: 1, last: "full" }),
  dpm2: dpmSolver({ last: "full" }),
  dpm3: dpmSolver({ order: 3, last: "full", third: "as-published" }),
};

Deno.test("deterministic samplers have the errors of a second implementation", () => {
  for (const [name, rms] of Object.entries(golden.orders.rms)) {
    const [data, sampler] = name.split(" ");
    golden.orders.steps.slice(0, 5).forEach((steps, i) => {
      const found = endError(
        published[sampler!]!,
        ratioGrid(steps + 1),
        data === "A" ? A : B,
      );
      // four digits are known
      assertAlmostEquals(found / rms[i]!, 1, 2e-3, `${name}, ${steps} steps`);
    });
  }
});

/** Slopes of the error against the number of steps, from 160 to 320, on both kinds of data. */
const orders: Readonly<Record<string, readonly [Sampler, number]>> = {
  "euler": [euler, 1],
  "ddim": [ddim(), 1],
  "heun": [heun, 2],
  "lms2": [lms({ order: 2 }), 2],
  "lms3": [lms({ order: 3 }), 3],
  "lms4": [lms(), 4],
  "dpm++1": [dpmSolver({ order: 1, last: "full" }), 1],
  "dpm++2": [dpmSolver({ last: "full" }), 2],
  "dpm++2 heun": [dpmSolver({ slope: "heun", last: "full" }), 2],
  "dpm++3 as published": [
    dpmSolver({ order: 3, last: "full", third: "as-published" }),
    2,
  ],
  "unipc2": [unipc({ last: "full" }), 3],
};

for (const [name, [sampler, order]] of Object.entries(orders)) {
  Deno.test(`${name} converges with order ${order}`, () => {
    assertEquals(sampler.order, order);
    for (const data of [A, B]) {
      const [few, many] = [160, 320].map((steps) =>
        endError(sampler, ratioGrid(steps + 1), data)
      );
      // the next order adds about 1 / N; the mixture is not yet so far at N = 160 with four nodes
      assertAlmostEquals(Math.log2(few! / many!), order, 0.45, `${name}`);
    }
  });
}

/** Ratios evenly spaced in their logarithm, where the order of a polynomial over it shows soonest. */
function logGrid(steps: number): SamplingGrid {
  return {
    nodes: Array.from(
      { length: steps + 1 },
      (_, i) => gridNode(0, 80 * (0.02 / 80) ** (i / steps)),
    ),
  };
}

Deno.test("dpm++3 is of order 3 with the factor 2, and of order 2 as published", () => {
  for (const data of [A, B]) {
    const slope = (sampler: Sampler) =>
      Math.log2(
        endError(sampler, logGrid(320), data) /
          endError(sampler, logGrid(640), data),
      );
    const corrected = dpmSolver({ order: 3, last: "full" });
    assertAlmostEquals(slope(corrected), 3.1, 0.25);
    const asPublished = dpmSolver({
      order: 3,
      last: "full",
      third: "as-published",
    });
    assertAlmostEquals(slope(asPublished), 2, 0.25);
  }
});

Deno.test("dpm++1, DDIM and Euler's method are one and the same", () => {
  const grid = ratioGrid(12);
  const errors = [
    dpmSolver({ order: 1, last: "full" }),
    ddim(),
    euler,
    lms({ order: 1 }),
  ]
    .map((sampler) => endError(sampler, grid, B));
  errors.forEach((error) => assertAlmostEquals(error, errors[0]!, 1e-13));
});

const schedule = noiseSchedule("linear", 1000);
const gridOf = (options: Omit<SpacingOptions, "timesteps">) =>
  gridAt(schedule, spacedTimesteps({ timesteps: 1000, ...options }));

Deno.test("1,000 steps end where 999 do, for every sampler on unrounded timesteps", () => {
  const samplers = [dpmSolver(), dpmSolver({ order: 3 }), unipc(), lms(), heun];
  for (const sampler of samplers) {
    const [fewer, all] = [999, 1000].map((steps) => {
      const grid = gridOf({ steps, zero: "left-out" });
      return endError(sampler, grid, B);
    });
    assertAlmostEquals(fewer!, all!, 1e-3, sampler.name);
  }
});
