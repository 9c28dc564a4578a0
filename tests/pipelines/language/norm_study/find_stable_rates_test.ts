import { assert, assertEquals, assertLess } from "@std/assert";
import { pipeline } from "../../../../pipelines/core/pipeline.ts";
import { execute } from "../../../../pipelines/core/run/execute.ts";
import type { InputOf } from "../../../../pipelines/core/stage.ts";
import { buildTransformer } from "../../../../pipelines/language/build_transformer.ts";
import {
  findStableRates,
  type StabilityRequest,
} from "../../../../pipelines/language/norm_study/find_stable_rates.ts";
import { smallSizes, smallText } from "../small_text.ts";

const search = pipeline<
  InputOf<typeof buildTransformer> & Partial<StabilityRequest>
>("search")
  .pipe(buildTransformer)
  .pipe(findStableRates)
  .give("stableRates");

const lengths = {
  stabilitySteps: 40,
  stabilityWarmUp: 10,
  stabilitySeeds: 1,
  patientSteps: 300,
  patientWarmUp: 20,
};

async function ratesOf(own: Partial<StabilityRequest>) {
  const { stableRates } = await execute(
    search,
    { ...smallSizes, text: smallText, batch: 8, ...lengths, ...own },
    { seed: 0, device: "cpu", threads: 1 },
  );
  return stableRates;
}

Deno.test("findStableRates() needs no patience where a short attempt learns", async () => {
  const rates = await ratesOf({});
  assertEquals(rates.map(({ search }) => search), ["cold", "warmUp"]);
  assertEquals(rates.map(({ range }) => [...range]), [
    ...[[0.512, 0.512 / 1024], [0.512, 0.512 / 1024]],
  ]);
  for (const { stable, unstable, loss } of rates) {
    assert(stable > 0);
    // all four characters are as frequent: guessing costs log 4, of which 80 % are to be left
    assertLess(loss!, 0.8 * Math.log(4));
    if (unstable !== undefined) assertEquals(unstable, 2 * stable);
  }
});

Deno.test("findStableRates() goes on with smaller rates and more updates before it says that none learns", async () => {
  const rates = await ratesOf({ stabilitySteps: 1, stabilityWarmUp: 1 });
  const [cold, warmUp, patient] = rates;
  assertEquals([cold?.stable, warmUp?.stable], [0, 0]);
  assertEquals([patient?.search, patient?.steps], ["patient", 300]);
  assertEquals(patient?.range, [0.002, 0.002 / 64]);
  assert(patient!.stable > 0);
  assertLess(patient!.loss!, 0.8 * Math.log(4));
});
