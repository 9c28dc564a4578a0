import { assertAlmostEquals, assertLess, assertThrows } from "@std/assert";
import { noiseSchedule } from "../../../models/diffusion/noise_schedule.ts";
import type { NormalMixture } from "../../../models/diffusion/normal_mixture.ts";
import { ddim, eulerAncestral } from "../../../models/samplers/ddim.ts";
import { ddpm } from "../../../models/samplers/ddpm.ts";
import { dpmSolverSde } from "../../../models/samplers/dpm_solver_sde.ts";
import { lms } from "../../../models/samplers/lms.ts";
import { outputLaw } from "../../../models/samplers/output_law.ts";
import { runSampler } from "../../../models/samplers/run_sampler.ts";
import type { Sampler } from "../../../models/samplers/sampler.ts";
import { gridAt } from "../../../models/samplers/sampling_grid.ts";
import {
  spacedTimesteps,
  type SpacingOptions,
} from "../../../models/samplers/spacing.ts";
import golden from "../../golden/diffusion/exact.json" with { type: "json" };

const A: NormalMixture = { weights: [1], means: [0.5], deviations: [0.25] };

const schedule = noiseSchedule("linear", 1000);
const gridOf = (options: Omit<SpacingOptions, "timesteps">) =>
  gridAt(schedule, spacedTimesteps({ timesteps: 1000, ...options }));

Deno.test("random samplers have the output law of a second implementation", () => {
  const whole = { rounding: "half-even" } as const;
  const cases = {
    "euler_a linspace": (steps: number) => {
      const grid = gridOf({ steps });
      return outputLaw(eulerAncestral, grid, A, grid.nodes[0]!.spread);
    },
    "ddpm fixed_small leading": (steps: number) =>
      outputLaw(ddpm(), gridOf({ steps, spacing: "leading" }), A),
    "ddpm fixed_large leading": (steps: number) =>
      outputLaw(
        ddpm({ variance: "larger" }),
        gridOf({ steps, spacing: "leading" }),
        A,
      ),
    "ddpm fixed_small trailing": (steps: number) =>
      outputLaw(ddpm(), gridOf({ steps, spacing: "trailing", ...whole }), A),
    "ddpm fixed_large trailing": (steps: number) =>
      outputLaw(
        ddpm({ variance: "larger" }),
        gridOf({ steps, spacing: "trailing", ...whole }),
        A,
      ),
    "ddim eta=0 trailing": (steps: number) =>
      outputLaw(ddim(), gridOf({ steps, spacing: "trailing", ...whole }), A),
    "ddim eta=1 trailing": (steps: number) =>
      outputLaw(
        ddim({ eta: 1 }),
        gridOf({ steps, spacing: "trailing", ...whole }),
        A,
      ),
  };
  for (const [name, law] of Object.entries(cases)) {
    const expected = golden.laws[name as keyof typeof cases];
    [5, 10, 20, 40, 100, 250].forEach((steps, i) => {
      const { mean, deviation } = law(steps);
      assertAlmostEquals(mean, expected[i]![0]!, 2e-5, `${name} ${steps}`);
      assertAlmostEquals(deviation, expected[i]![1]!, 1e-8, `${name} ${steps}`);
    });
  }
});

Deno.test("few ancestral steps shrink the spread of normal data, and the random solver's error falls with its steps", () => {
  const spread = (sampler: Sampler, steps: number) =>
    outputLaw(sampler, gridOf({ steps, zero: "left-out" }), A).deviation;
  assertLess(spread(eulerAncestral, 10), 0.2);
  assertLess(spread(eulerAncestral, 10), spread(eulerAncestral, 100));
  const errors = [25, 100, 400].map((steps) =>
    Math.abs(spread(dpmSolverSde(), steps) - 0.25)
  );
  assertLess(errors[1]!, errors[0]!);
  assertLess(errors[2]!, errors[1]!);
});

Deno.test("grids and samplers refuse what would divide by zero", () => {
  assertThrows(
    () => gridAt(schedule, [10, 10, 0]),
    RangeError,
    "Expected noise to fall at every step",
  );
  assertThrows(
    () => gridOf({ steps: 1001, spacing: "leading" }),
    RangeError,
    "Expected at most 1000 steps on 1000 whole timesteps but found 1001",
  );
  assertThrows(() => lms({ order: 5 }), RangeError, "1, 2, 3 or 4");
  assertThrows(() => ddim({ eta: 2 }), RangeError, "Expected eta from 0 to 1");
  const grid = gridOf({ steps: 3 });
  const run = runSampler(eulerAncestral, grid, new Float64Array(2), {
    prediction: "noise",
    clip: "none",
  });
  run.next([]);
  assertThrows(() => run.next([0, 0]), RangeError, "Expected noise");
});
