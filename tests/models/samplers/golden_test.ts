// deno-lint-ignore-file camelcase -- the names of diffusers
import {
  assert,
  assertAlmostEquals,
  assertEquals,
  assertThrows,
} from "@std/assert";
import { withZeroTerminalSnr } from "../../../models/diffusion/noise_schedule.ts";
import { runSampler } from "../../../models/samplers/run_sampler.ts";
import { configuredSampling } from "../../../models/samplers/configured_sampling.ts";
import type { SchedulerKind } from "../../../models/samplers/scheduler_config.ts";
import {
  alphaBarAt,
  golden,
  type GoldenCase,
  type GoldenTimesteps,
  mixturePrediction,
  tableSchedule,
} from "./golden_cases.ts";

const kinds: Readonly<Record<string, SchedulerKind>> = {
  ddim: "ddim",
  ddpm: "ddpm",
  dpmpp: "dpm",
  dpm: "dpm",
  euler: "euler",
  euler_ancestral: "eulerAncestral",
  "euler_a": "eulerAncestral",
  heun: "heun",
  lms: "lms",
  pndm: "pndm",
  unipc: "unipc",
};

/** Samplers whose published trajectories are in coordinates x / signal. */
const EXPLODES = new Set(["euler", "eulerAncestral", "heun", "lms"]);

/** Goes the way of a golden case; the samples after each call, in the coordinates of diffusers. */
function trajectory(one: GoldenCase): readonly Float64Array[] {
  const kind = kinds[one.kind]!;
  const { sampler, grid, schedule, startScale, ...options } =
    configuredSampling(kind, one.config, one.steps, {
      ...one.step,
      faults: "as-published",
    });
  const explodes = EXPLODES.has(kind);
  // an image that begins in the middle of the way: Heun's method counts calls, not nodes
  const first = kind === "heun" ? (one.begin ?? 0) / 2 : one.begin ?? 0;
  const visits = sampler.visits(grid, first);
  const shared = (x: Float64Array, call: number) => {
    const { signal } = grid.nodes[visits[call + 1] ?? grid.nodes.length - 1]!;
    return explodes ? x.map((value) => value / signal) : x;
  };
  const start = Float64Array.from(
    one.start ?? golden.start,
    (value) =>
      one.start
        ? value * (explodes ? grid.nodes[first]!.signal : 1)
        : value * startScale,
  );
  const run = runSampler(sampler, grid, start, {
    ...options,
    first,
    noise: (visit) => Float64Array.from(golden.noise[visit]!),
  });
  const path: Float64Array[] = [];
  for (let state = run.next([]);;) {
    if (state.done) {
      path.push(shared(state.value, path.length));
      return path;
    }
    const { x, node, visit } = state.value;
    if (visit > 0) path.push(shared(x, path.length));
    state = run.next(
      one.model === "analytic"
        ? x.map((value) => value * node.timestep / (node.timestep + 1))
        : mixturePrediction(
          options.prediction,
          x,
          alphaBarAt(schedule, node.timestep),
        ),
    );
  }
}

function worst(one: GoldenCase): number {
  const path = trajectory(one);
  assertEquals(path.length, one.calls);
  const mean = Float64Array.from(
    one.mean,
    (_, i) => path.reduce((sum, x) => sum + x[i]!, 0) / path.length,
  );
  const greatest = Math.max(...path.flatMap((x) => [...x.map(Math.abs)]));
  const error = (
    found: Float64Array,
    wanted: readonly number[],
    size: number,
  ) =>
    Math.max(
      ...wanted.map((value, i) => {
        assert(Number.isFinite(found[i]!), `${found}`);
        return Math.abs(found[i]! - value) / Math.max(1, Math.abs(value), size);
      }),
    );
  return Math.max(
    error(path[0]!, one.first, 0),
    error(path[path.length >> 1]!, one.middle, 0),
    error(path.at(-1)!, one.last, 0),
    error(mean, one.mean, greatest),
  );
}

/** The samplers of a file of goldens, whatever the name of the one that began in the middle. */
for (const kind of new Set(golden.cases.map((one) => kinds[one.kind]!))) {
  const cases = golden.cases.filter((one) => kinds[one.kind] === kind);
  Deno.test(`${kind}: ${cases.length} trajectories are those of diffusers to 1e-9`, () => {
    const wrong = cases.map((one) => ({ one, error: worst(one) }))
      .filter(({ error }) => !(error <= 1e-9))
      .map(({ one: { config, steps, model, begin, step }, error }) =>
        `${error} ${JSON.stringify({ config, steps, model, begin, step })}`
      );
    assertEquals(wrong, []);
  });
}

Deno.test("schedules are those of diffusers to 1e-12", () => {
  for (const table of golden.tables) {
    const { betas, alphaBars, noiseRatios } = tableSchedule(table);
    const zero = withZeroTerminalSnr(tableSchedule(table)).alphaBars;
    table.index.forEach((t, i) => {
      const close = (found: number, wanted: number) =>
        assertAlmostEquals(found / wanted, 1, 1e-12, `${table.schedule} ${t}`);
      close(betas[t]!, table.beta[i]!); // fifteen digits are known
      close(alphaBars[t]!, table.alphas_cumprod[i]!);
      close(noiseRatios[t]!, table.sigma[i]!);
      assertAlmostEquals(
        -2 * Math.log(noiseRatios[t]!),
        table.log_snr[i]!,
        1e-11,
      );
      assertAlmostEquals(zero[t]!, table.alphas_cumprod_zero_snr[i]!, 1e-14);
    });
    assertEquals(zero.at(-1), 0);
  }
});

/** Steps that cannot be right: a timestep beyond the chain or met twice, or half steps of length 0. */
function isRefused(wanted: GoldenTimesteps): boolean {
  const { scheduler, steps, spacing, head } = wanted;
  if (scheduler === "pndm") return steps < 4 || steps > 500;
  const isTwice = /^dpm|unipc/.test(scheduler) && steps === 1000;
  return (isTwice && spacing !== "trailing") || (head[0] ?? 0) > 999;
}

Deno.test("timesteps of every spacing are those of diffusers", () => {
  for (const wanted of golden.timesteps) {
    const { scheduler, steps, spacing, steps_offset } = wanted;
    const config = { timestep_spacing: spacing, steps_offset };
    const sampling = () => configuredSampling(kinds[scheduler]!, config, steps);
    if (isRefused(wanted)) {
      assertThrows(sampling, RangeError, "Expected");
      continue;
    }
    const { sampler, grid } = sampling();
    const found = sampler.visits(grid, 0).map((i) => grid.nodes[i]!.timestep);
    const name = JSON.stringify(wanted);
    assertEquals(found.length, wanted.count, name);
    wanted.head.forEach((t, i) => assertAlmostEquals(found[i]!, t, 1e-8, name));
    const sum = found.reduce((total, t) => total + t, 0);
    assertAlmostEquals(sum, wanted.sum, 1e-6, name);
  }
});
