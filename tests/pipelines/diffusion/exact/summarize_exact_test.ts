import { assertEquals } from "@std/assert";
import { execute } from "../../../../pipelines/core/run/execute.ts";
import { memoryRun } from "../../../../pipelines/core/run/memory_run.ts";
import type {
  BoundCase,
  ExactDiffusion,
} from "../../../../pipelines/diffusion/exact/exact_entries.ts";
import { summarizeExact } from "../../../../pipelines/diffusion/exact/summarize_exact.ts";
import { assertNumbers } from "../../assert_numbers.ts";
import { reportIn } from "../../report_in.ts";

const bound = (
  variance: BoundCase["variance"],
  total: number,
  rest: Partial<BoundCase> = {},
): BoundCase => ({
  ...{ data: "normal", schedule: "linear", timesteps: 1000, variance, total },
  ...{ prior: 6e-6, consistency: total + 3, reconstruction: -3 },
  ...{ gap: total - 0.5 },
  ...rest,
} as BoundCase); // what is told of it

const exact = {
  marginals: [
    { timestep: 9, meanDeviation: -2.5, varianceDeviation: 1 },
    { timestep: 19, meanDeviation: 0.5, varianceDeviation: 2 },
  ],
  bounds: [
    bound("larger", 0.75),
    bound("smaller", 0.9375),
    bound("best", 0.53125),
    bound("best", 9, { schedule: "cosine" }),
    bound("best", 8, { data: "mixture" }),
  ],
  identityError: 2.5e-13,
  timesteps: [
    { timestep: 1, consistency: 0.5 },
    { timestep: 5, consistency: 0.25 },
    { timestep: 12, consistency: 0.125 },
    { timestep: 20, consistency: 2 },
  ],
  orders: [
    {
      ...{ sampler: "lms, order 2", order: 2, data: "normal", errors: [] },
      fit: { slope: 2.0625, slopeError: 0.03, intercept: 0 },
    },
    {
      ...{ sampler: "heun", order: 2, data: "mixture", errors: [] },
      fit: { slope: 1.875, slopeError: 0.02, intercept: 0 },
    },
  ],
  laws: [
    {
      sampler: "DDPM",
      deviations: [{ steps: 5, deviation: 0.125 }, {
        steps: 9,
        deviation: 0.2,
      }],
    },
    { sampler: "DDIM", deviations: [{ steps: 6, deviation: 0.25 }] },
  ],
  sampledLaw: { exact: 0.13, sampled: 0.1325, standardError: 0.001 },
  flow: [
    { steps: 50, error: 1e-4, forgetfulError: 0.08 },
    { steps: 200, error: 3e-7, forgetfulError: 0.07 },
    { steps: 100, error: 1e-5, forgetfulError: 0.06 },
  ],
  guidance: [
    { guidance: 0, exact: 1, sampled: 1.001 },
    { guidance: 2, exact: 0.04, sampled: 0.0398 },
  ],
} as unknown as ExactDiffusion; // what is told of it

Deno.test("summarizeExact() names errors, bounds, orders and laws, and tells the worst of each", async () => {
  const store = memoryRun();
  const options = { seed: 0, store };
  const { summary } = await execute(summarizeExact, { exact }, options);
  assertEquals(
    reportIn(store),
    "Simulated chains lie within 2.5 standard errors of the marginals N(sqrt(alphaBar) x, 1 " +
      "- alphaBar) at ten timesteps.\nThe bound of normal data, in nats: prior matching " +
      "6.00e-6, consistency 3.5313, reconstruction -3.0000, in all 0.531250 with the best " +
      "variance of the reverse steps. It is the entropy plus KL(q(x_T) || p) to 2.5e-13, for " +
      "any schedule. The larger variance (beta) costs 0.250 nats, the smaller one 0.438 nats; " +
      "56 % of its consistency term lies in the first ten timesteps.\nOrders of convergence, " +
      "from 80 to 0.02 in noise: lms, order 2 (normal) 2.063 ± 0.030, heun (mixture) 1.875 ± " +
      "0.020. The third order of DPM-Solver++ needs a factor of 2 that published code " +
      "lacks.\nNormal data of standard deviation 0.25 comes out with 0.125 (DDPM, 5 steps), " +
      "0.250 (DDIM, 6 steps): few steps lose or add spread. Ten steps of Euler's " +
      "ancestral method give 0.13000 exactly and 0.13250 in samples, 2.5 standard errors " +
      "away.\nLog densities by the probability flow are off by 3.0e-7 nats with 200 steps, and " +
      "by 0.0700 nats where the end is taken for N(0, 80^2).\nGuidance g turns N(0, 0.2^2) " +
      "within N(0, 1) into a spread of about 0.2^g: 1.00 at 0, 0.0400 at 2; DPM-Solver++ with " +
      "160 steps agrees to 0.50 %.",
  );
  assertNumbers(summary, {
    "marginals/greatestDeviation": 2.5,
    "bound/identityError": 2.5e-13,
    "bound/normal/linear/larger/total": 0.75,
    "bound/normal/linear/larger/gap": 0.25,
    "bound/normal/linear/smaller/total": 0.9375,
    "bound/normal/linear/smaller/gap": 0.4375,
    "bound/normal/linear/best/total": 0.53125,
    "bound/normal/linear/best/gap": 0.03125,
    "bound/normal/cosine/best/total": 9,
    "bound/normal/cosine/best/gap": 8.5,
    "bound/mixture/linear/best/total": 8,
    "bound/mixture/linear/best/gap": 7.5,
    "order/lms-order-2/normal": 2.0625,
    "order/lms-order-2/normalStdErr": 0.03,
    "order/heun/mixture": 1.875,
    "order/heun/mixtureStdErr": 0.02,
    "law/exact": 0.13,
    "law/sampled": 0.1325,
    "law/sampledStdErr": 0.001,
    "law/deviation": 2.5,
    "flow/error": 3e-07,
    "flow/forgetfulError": 0.07,
    "guidance/greatestError": 0.005,
  });
});
