// deno-lint-ignore-file camelcase -- the names of diffusers
import { assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { configuredSampling } from "../../../models/samplers/configured_sampling.ts";

Deno.test("Runge and Kutta's method begins with four steps or more, and half of the timesteps or fewer", () => {
  const nodesOf = (steps: number, timesteps = 1000) =>
    configuredSampling("pndm", { num_train_timesteps: timesteps }, steps)
      .grid.nodes.length;
  assertEquals(nodesOf(4), 4 + 3 + 1); // three of them are split
  assertEquals(nodesOf(10, 20), 10 + 3 + 1);
  for (const [steps, timesteps] of [[3, 1000], [11, 20]] as const) {
    assertThrows(
      () => nodesOf(steps, timesteps),
      RangeError,
      `Expected from 4 steps to half as many as timesteps for Runge and Kutta's method but found ${steps}`,
    );
  }
});

Deno.test("a configuration without settings has those of diffusers", () => {
  const { schedule, prediction, clip } = configuredSampling("ddim", {}, 10);
  assertEquals([schedule.betas.length, prediction], [1000, "noise"]);
  assertAlmostEquals(schedule.betas[0]!, 1e-4, 1e-12);
  assertAlmostEquals(schedule.betas.at(-1)!, 0.02, 1e-12);
  assertEquals(clip, [-1, 1]);
  const own = { clip_sample_range: 3 };
  assertEquals(configuredSampling("ddpm", own, 10).clip, [-3, 3]);
  assertEquals(configuredSampling("euler", {}, 10).clip, "none");
});

Deno.test("a configured solver begins where the half log ratio of signal to noise is at least as told", () => {
  for (const least of [-3.5, -2, -0.3, 1]) {
    const config = { lambda_min_clipped: least };
    const { grid, schedule } = configuredSampling("dpm", config, 8);
    const halfLogSnr = (t: number) => {
      const product = schedule.betas.slice(0, t + 1)
        .reduce((all, beta) => all * (1 - beta), 1);
      return Math.log(product / (1 - product)) / 2;
    };
    const first = grid.nodes[0]!.timestep;
    assertEquals(halfLogSnr(first) >= least, true, `${first}`);
    assertEquals(halfLogSnr(first + 1) < least, true, `${first}`);
  }
});
