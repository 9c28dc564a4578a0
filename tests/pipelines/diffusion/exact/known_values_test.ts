import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import { dpmSolver } from "../../../../models/samplers/dpm_solver.ts";
import { keyFrom } from "../../../../pipelines/core/random/key.ts";
import {
  alongChain,
  identityError,
  knownBounds,
  schedules,
  simulateMarginals,
} from "../../../../pipelines/diffusion/exact/known_chains.ts";
import {
  exactLaws,
  measureFlow,
  measureGuidance,
  sampleLaw,
} from "../../../../pipelines/diffusion/exact/known_laws.ts";
import {
  follow,
  ratioGrid,
} from "../../../../pipelines/diffusion/exact/line_samplers.ts";
import { measureOrders } from "../../../../pipelines/diffusion/exact/known_orders.ts";
import golden from "../../../golden/diffusion/exact.json" with { type: "json" };

/** Terms of a bound in the second implementation, by its name of a chain. */
type Terms = Readonly<Record<string, Readonly<Record<string, number>>>>;

const NAMES = { smaller: "tilde", larger: "beta", best: "opt" };

Deno.test("knownBounds() are those of a second implementation, the mixture's with a tenth of the timesteps", () => {
  const bounds = knownBounds(1000);
  assertEquals(bounds.length, 12);
  for (const one of bounds) {
    const isNormal = one.data === "normal";
    assertEquals(one.timesteps, isNormal ? 1000 : 100);
    const all: Terms = golden.bounds[isNormal ? "A" : "B"].elbo;
    const name = `${one.schedule} T=${one.timesteps} ${NAMES[one.variance]}`;
    const wanted = all[name]!;
    for (
      const term of ["prior", "consistency", "reconstruction", "total"] as const
    ) {
      assertAlmostEquals(one[term], wanted[term]!, 2e-9, `${name} ${term}`);
    }
    assertAlmostEquals(one.gap, wanted["gap_nats"]!, 2e-9, name);
  }
});

Deno.test("identityError() of every schedule is nothing but rounding", () => {
  assertEquals(schedules.length, 3);
  assert(identityError(100) < 1e-10);
});

Deno.test("exactLaws() are those of a second implementation", () => {
  const steps = [5, 10, 20, 40];
  const laws = exactLaws(steps);
  const names = {
    "DDIM, eta 0": "ddim eta=0 trailing",
    "DDPM, smaller variance": "ddpm fixed_small trailing",
    "DDPM, larger variance": "ddpm fixed_large trailing",
  } as const;
  assertEquals(laws.length, 4);
  for (const { sampler, deviations } of laws) {
    assertEquals(deviations.map((one) => one.steps), steps);
    const name = names[sampler as keyof typeof names];
    if (name === undefined) continue; // Euler's ancestral method is compared with samples below
    deviations.forEach(({ deviation }, i) =>
      assertAlmostEquals(deviation, golden.laws[name][i]![1]!, 2e-9, name)
    );
  }
});

Deno.test("sampleLaw() is within its error of the exact law of Euler's ancestral method", () => {
  const count = 20_000;
  const { exact, sampled, standardError } = sampleLaw(count, keyFrom(3));
  assertAlmostEquals(exact, 0.132239929, 2e-9); // as DDPM with the smaller variance: a second implementation
  assertAlmostEquals(
    standardError,
    sampled / Math.sqrt(2 * (count - 1)),
    1e-15,
  );
  assert(Math.abs(sampled - exact) < 4 * standardError, `${sampled}`);
  assert(sampled !== exact);
});

Deno.test("measureFlow() meets the exact densities, and misses them where the end is taken for a normal law", () => {
  const [few, many] = measureFlow([100, 800]);
  assertEquals([few!.steps, many!.steps], [100, 800]);
  assert(few!.error > 10 * many!.error);
  assertAlmostEquals(many!.error, 2e-7, 1e-7); // 2e-7 by a second implementation
  assertAlmostEquals(many!.forgetfulError, 0.0694, 1e-4); // 0.0694 by a second implementation
});

Deno.test("measureGuidance() is the product of both flows, and a sampler follows it", () => {
  const points = measureGuidance([0, 0.5, 1, 1.5, 3]);
  assertEquals(points.map(({ guidance }) => guidance), [0, 0.5, 1, 1.5, 3]);
  for (const { guidance, exact, sampled } of points) {
    // along its flow a normal number shrinks with sqrt(deviation^2 + noise^2), from noise 80 to 0.02
    const shrunk = (deviation: number) =>
      Math.hypot(deviation, 0.02) / Math.hypot(deviation, 80);
    const wanted = 80 * shrunk(0.2) ** guidance * shrunk(1) ** (1 - guidance);
    assertAlmostEquals(exact / wanted, 1, 1e-12, `${guidance}`);
    assertAlmostEquals(sampled / exact, 1, 0.02, `${guidance}`);
    const [moved] = follow(
      dpmSolver({ last: "full" }),
      ratioGrid(160),
      Float64Array.of(80 / Math.hypot(1, 80)),
      (x, { signal, spread }) => {
        // the precision-weighted means of both, on the line from all to some
        const [some, all] = [0.2, 1].map((deviation) =>
          signal * x / (signal ** 2 + (spread / deviation) ** 2)
        );
        return all! + guidance * (some! - all!);
      },
    );
    assertAlmostEquals(
      sampled / (moved! * Math.hypot(1, 0.02)),
      1,
      1e-9,
      `${guidance}`,
    );
  }
});

Deno.test("measureOrders() gives the errors of a second implementation, and the slope of the last four", () => {
  const steps = [10, 20, 40, 80, 160];
  const samplers = {
    ...{ "euler": "euler", "heun": "heun", "lms, order 2": "lms2" },
  };
  const cases = measureOrders(steps);
  const orders = cases.map(({ sampler, order }) => `${sampler}: ${order}`);
  assertEquals([...new Set(orders)], [
    "euler: 1",
    "heun: 2",
    "lms, order 2: 2",
    "lms: 4",
    "dpm++2: 2",
    "dpm++3: 3",
    "dpm++3, as published: 2",
    "unipc2: 3",
  ]);
  assertEquals(cases.length, 16);
  for (const { sampler, data, errors, fit } of cases) {
    const logs = errors.slice(1).map(({ error }) => -Math.log2(error));
    // the least squares slope at -1.5, -0.5, 0.5 and 1.5
    const slope =
      (-1.5 * logs[0]! - 0.5 * logs[1]! + 0.5 * logs[2]! + 1.5 * logs[3]!) / 5;
    assertAlmostEquals(fit.slope, slope, 1e-9, sampler);
    const name = samplers[sampler as keyof typeof samplers];
    if (name === undefined) continue;
    const all: Readonly<Record<string, readonly number[]>> = golden.orders.rms;
    const wanted = all[`${data === "normal" ? "A" : "B"} ${name}`]!;
    errors.forEach(({ error }, i) =>
      assertAlmostEquals(error / wanted[i]!, 1, 5e-3, `${sampler} ${i}`)
    );
  }
});

Deno.test("simulateMarginals() are off by normal deviations at ten timesteps", () => {
  const points = simulateMarginals(200, 4000, keyFrom(5));
  assertEquals(points.map(({ timestep }) => timestep), [
    ...[19, 39, 59, 79, 99, 119, 139, 159, 179, 199],
  ]);
  const all = points.flatMap((
    one,
  ) => [one.meanDeviation, one.varianceDeviation]);
  for (const deviation of all) assert(Math.abs(deviation) < 4, `${deviation}`);
  for (const name of ["meanDeviation", "varianceDeviation"] as const) {
    const square = points.reduce((sum, one) => sum + one[name] ** 2, 0) / 10;
    assert(square > 0.1 && square < 3, `${name}: ${square}`); // 1 but for chance
  }
});

Deno.test("alongChain() tells weights that are functions of the signal over the noise", () => {
  const points = alongChain(1000);
  assertEquals([points[0]!.timestep, points.at(-1)!.timestep], [1, 999]);
  assertEquals(points.length, 131); // different ones of round(999^(i / 199))
  for (const { logSnr, weights } of points) {
    const snr = Math.exp(logSnr.linear);
    const close = (name: string, value: number) =>
      assertAlmostEquals(weights[name]! / value, 1, 1e-9, name);
    close("noise", snr);
    close("image", 1);
    close("velocity", 1 + snr);
    close("min-SNR 5", Math.min(5, snr));
  }
  // the sum over all timesteps but the first, by the steps between places
  const sum = points.slice(0, -1).reduce(
    (sum, { timestep, consistency }, i) =>
      sum + consistency * (points[i + 1]!.timestep - timestep),
    0,
  );
  assertAlmostEquals(sum, 3.65979999, 0.05); // a second implementation's consistency
  const [first] = points;
  assert(first!.logSnr.cosine > first!.logSnr.linear);
  assert(first!.logSnr["scaled-linear"] < first!.logSnr.linear);
});
