import { assertAlmostEquals, assertEquals } from "@std/assert";
import { noiseSchedule } from "../../../models/diffusion/noise_schedule.ts";
import { ddim } from "../../../models/samplers/ddim.ts";
import { dpmSolver } from "../../../models/samplers/dpm_solver.ts";
import { dpmSolverSde } from "../../../models/samplers/dpm_solver_sde.ts";
import { lms } from "../../../models/samplers/lms.ts";
import { pndm } from "../../../models/samplers/pndm.ts";
import { runSampler } from "../../../models/samplers/run_sampler.ts";
import type { Sampler } from "../../../models/samplers/sampler.ts";
import { gridAt } from "../../../models/samplers/sampling_grid.ts";
import { unipc } from "../../../models/samplers/unipc.ts";

const schedule = noiseSchedule("linear", 40);
const timesteps = [39, 35, 31, 27, 23, 19, 15, 11, 7, 3];

/** The end of a sampler's way, and the image that was estimated last. */
function way(sampler: Sampler, end: "clean" | "least-noise") {
  const noise = () => Float64Array.of(0.3, -1.2);
  const run = runSampler(
    sampler,
    gridAt(schedule, timesteps, end),
    Float64Array.of(1, -0.5),
    { prediction: "image", clip: "none", noise },
  );
  let state = run.next();
  let image = new Float64Array();
  while (!state.done) {
    image = state.value.x.map(Math.tanh);
    state = run.next(image);
  }
  return { end: [...state.value], image: [...image] };
}

const samplers: Readonly<Record<string, Sampler>> = {
  "ddim()": ddim(),
  "dpmSolver() of full order 2": dpmSolver({ last: "full" }),
  "dpmSolver() of full order 3": dpmSolver({ order: 3, last: "full" }),
  "dpmSolverSde() of full order": dpmSolverSde({ last: "full" }),
  "unipc() of full order 2": unipc({ last: "full" }),
  "unipc() of full order 3": unipc({ order: 3, last: "full" }),
  "unipc()": unipc(),
};

for (const [name, sampler] of Object.entries(samplers)) {
  Deno.test(`${name} ends at the last estimate where no noise is left, and elsewhere where some is`, () => {
    const clean = way(sampler, "clean");
    clean.end.forEach((value, i) =>
      assertAlmostEquals(value, clean.image[i]!, 1e-12)
    );
    const noisy = way(sampler, "least-noise");
    assertEquals(
      noisy.end.every((value, i) => Math.abs(value - noisy.image[i]!) > 1e-3),
      true,
      `${noisy.end}`,
    );
  });
}

Deno.test("samplers that begin in the middle of a grid visit no node before, and none beyond the end", () => {
  const { nodes } = gridAt(schedule, timesteps);
  const each = [3, 4, 5, 6, 7, 8, 9];
  for (const sampler of [ddim(), dpmSolver(), dpmSolverSde(), unipc(), lms()]) {
    assertEquals(sampler.visits({ nodes }, 3), each, sampler.name);
    assertEquals(sampler.visits({ nodes }, 9), [9], sampler.name);
  }
  assertEquals(pndm().visits({ nodes }, 3), [3, 4, 4, ...each.slice(2)]);
  assertEquals(pndm().visits({ nodes }, 9), [9]);
});
