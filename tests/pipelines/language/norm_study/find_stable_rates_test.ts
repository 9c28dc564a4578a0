import {
  assert,
  assertAlmostEquals,
  assertEquals,
  assertLess,
} from "@std/assert";
import { fold, split } from "../../../../pipelines/core/random/key.ts";
import { pipeline } from "../../../../pipelines/core/pipeline.ts";
import { execute } from "../../../../pipelines/core/run/execute.ts";
import { memoryRun } from "../../../../pipelines/core/run/memory_run.ts";
import {
  type InputOf,
  type Stage,
  stage,
} from "../../../../pipelines/core/stage.ts";
import { buildTransformer } from "../../../../pipelines/language/build_transformer.ts";
import {
  findStableRates,
  type StabilityRequest,
} from "../../../../pipelines/language/norm_study/find_stable_rates.ts";
import { sequenceStep } from "../../../../pipelines/language/sequence_step.ts";
import type { OwnedSequenceModel } from "../../../../pipelines/text/sequence_model.ts";
import { textBatches } from "../../../../pipelines/text/text_batches.ts";
import { chooseOptimizer } from "../../../../pipelines/training/choose_optimizer.ts";
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

const optimizer = { optimizer: "adam", beta2: 0.98, weightDecay: 0.1 } as const;

async function ratesOf(own: Partial<StabilityRequest>, store = memoryRun()) {
  const { stableRates } = await execute(
    search,
    { ...smallSizes, text: smallText, batch: 8, ...lengths, ...own },
    { seed: 0, device: "cpu", threads: 1, store },
  );
  return stableRates;
}

Deno.test("findStableRates() needs no patience where a short attempt learns, and does not search again where it was killed later", async () => {
  const store = memoryRun();
  const rates = await ratesOf({}, store);
  const started = performance.now();
  assertEquals(await ratesOf({ stabilitySteps: 10 ** 6 }, store), rates);
  assertLess(performance.now() - started, 60_000); // a million updates take hours
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

Deno.test("findStableRates() tells the mean loss of the last 20 updates, from fresh weights and without clipping", async () => {
  const sgd = { ...optimizer, optimizer: "sgd" } as const;
  const checking: Stage<
    { readonly model: OwnedSequenceModel },
    { readonly done: true }
  > = stage("check", {
    needs: ["model"],
    adds: { done: "" },
  }, async ({ model }, context) => {
    const request = { ...lengths, ...sgd, batch: 8, model, text: smallText };
    const { stableRates } = await findStableRates.run(request, context);
    const { steps, warmUp, stable, unstable, loss } = stableRates[1]!;
    assertEquals([steps, warmUp], [40, 10]);
    assert(stable > 0);
    const [weightKey, textKey] = split(context.key, 2);
    const batches = textBatches(
      smallText.train,
      { ...model, batch: 8 },
      textKey,
    );
    using own = chooseOptimizer(model.variables, sgd);
    const options = { batch: 8, clip: 0, stepsPerCall: 10 };
    using step = await sequenceStep(model, own, options, context);
    const lossAt = async (rate: number) => {
      model.redraw(fold(weightKey, 0));
      const losses: number[] = [];
      for (let first = 0; first < 40; first += 10) {
        // rising to the tenth update, and constant from there on
        const rates = Float32Array.from(
          { length: 10 },
          (_, i) => rate * Math.min(1, (first + i + 1) / 10),
        );
        losses.push(...(await step.run(batches.at(first, 10), rates)).loss);
      }
      return losses.slice(-20).reduce((sum, one) => sum + one, 0) / 20;
    };
    assertAlmostEquals(loss!, await lossAt(stable), 1e-6);
    // the larger rate before does not learn: more than 80 % of guessing is left
    const before = unstable === undefined ? NaN : await lossAt(unstable);
    assert(!(before < 0.8 * Math.log(4)), `${before}`);
    return { done: true };
  });
  const whole = pipeline<InputOf<typeof buildTransformer>>("search")
    .pipe(buildTransformer).pipe(checking).give("done");
  await execute(
    whole,
    { ...smallSizes, text: smallText },
    { seed: 0, device: "cpu", threads: 1 },
  );
});
