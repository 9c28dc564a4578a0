import {
  assert,
  assertAlmostEquals,
  assertEquals,
  assertLess,
  assertRejects,
} from "@std/assert";
import { execute } from "../../../../pipelines/core/run/execute.ts";
import { memoryRun } from "../../../../pipelines/core/run/memory_run.ts";
import { exactExperiment } from "../../../../pipelines/diffusion/exact/diffusion_exact.ts";

const config = {
  timesteps: 200,
  chains: 2000,
  orderSteps: [80, 20, 40, 160],
  lawSteps: [5, 10],
  flowSteps: [50, 200],
  guidances: [0, 1, 2],
};

Deno.test("diffusion-exact finds the entropy, the orders and the laws that it derives", async () => {
  const store = memoryRun();
  const { summary } = await execute(exactExperiment, config, {
    seed: 0,
    store,
  });
  assertLess(summary["bound/identityError"]!, 1e-7);
  assertLess(summary["marginals/greatestDeviation"]!, 4); // the greatest of 20
  assertLess(Math.abs(summary["law/deviation"]!), 4);
  assertLess(summary["flow/error"]!, 1e-4);
  const order = (name: string) => summary[`order/${name}`]!;
  assertAlmostEquals(order("heun/normal"), 2, 0.1);
  assertAlmostEquals(order("dpm++3-as-published/normal"), 2, 0.3);
  assert(order("dpm++3/normal") > order("dpm++3-as-published/normal") + 0.7);
  // the smaller variance costs most on continuous data, the best one nothing
  const gap = (variance: string) =>
    summary[`bound/normal/linear/${variance}/gap`]!;
  assert(gap("smaller") > gap("larger") && gap("larger") > gap("best"));
  assertEquals([...store.figures.keys()], [
    "signal",
    "weights",
    "consistency",
    "orders",
    "laws",
    "guidance",
  ]);
});

Deno.test("diffusion-exact wants enough steps for a slope", async () => {
  const few = { ...config, orderSteps: [10, 20] };
  await assertRejects(
    async () =>
      await execute(exactExperiment, few, { seed: 0, store: memoryRun() }),
    Error,
    "Expected four or more order-steps but found 2",
  );
});
