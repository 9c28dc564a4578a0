import { assertAlmostEquals, assertEquals } from "@std/assert";
import { execute } from "../../../pipelines/core/run/execute.ts";
import { countActiveUnits } from "../../../pipelines/vae/count_active_units.ts";
import { toyImages, toyVae } from "./toy_vae.ts";

/** Counts active units where the means of both latents are 0, m, 0, m, so that their variances are m^2 / 3. */
async function activeAt(variances: readonly [number, number]) {
  const scale = (variance: number) => Math.sqrt(3 * variance) / Math.tanh(1);
  using vae = toyVae({
    "encoder/hidden/weight": [1, 0, 0, 0],
    "encoder/mean/weight": variances.map(scale),
  });
  const { activeUnits } = await execute(
    countActiveUnits,
    { images: toyImages, latent: 2, vae },
    { seed: 0, device: "cpu", threads: 1 },
  );
  activeUnits.variances.forEach((found, i) =>
    assertAlmostEquals(found, variances[i]!, 1e-5)
  );
  return activeUnits.count;
}

Deno.test("a unit is active above a variance of 0.01, as in Burda et al. 2016, section 5.2", async () => {
  assertEquals(await activeAt([0.0098, 0.0102]), 1);
  assertEquals(await activeAt([0.0102, 0.3]), 2);
  assertEquals(await activeAt([0.0098, 0]), 0);
});
