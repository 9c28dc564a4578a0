import { assertEquals } from "@std/assert";
import { errorValues } from "../../../pipelines/diffusion/fit_denoiser.ts";

/** Errors of images at ascending timesteps, and the means of their quarters. */
const cases: readonly (readonly [
  noises: readonly number[],
  quarters: readonly [number, number, number, number],
])[] = [
  [[7], [7, 7, 7, 7]], // there is an error in every quarter
  [[1, 4], [1, 1, 4, 4]],
  [[1, 4, 16], [1, 1, 4, 16]],
  [[1, 2, 4, 8, 32], [1, 2, 4, 20]],
  [[1, 2, 4, 8, 16, 65], [1, 3, 8, 40.5]],
  [[1, 2, 4, 8, 16, 32, 128], [1, 3, 12, 80]],
  [[2, 4, 6, 8, 10, 12, 14, 16], [3, 7, 11, 15]],
];

for (const [noises, [first, second, third, last]] of cases) {
  Deno.test(`errorValues() of ${noises.length} errors are their mean, and those of quarters of the timesteps`, () => {
    const errors = noises.map((noise, timestep) => ({ timestep, noise }));
    const sum = noises.reduce((sum, noise) => sum + noise, 0);
    assertEquals(errorValues("test", errors), {
      "test/noiseError": sum / noises.length,
      "test/noiseErrorFirstQuarter": first,
      "test/noiseErrorSecondQuarter": second,
      "test/noiseErrorThirdQuarter": third,
      "test/noiseErrorLastQuarter": last,
    });
  });
}
