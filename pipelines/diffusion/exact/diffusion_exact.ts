/**
 * Diffusion where everything is known: what bounds, samplers and guidance do, beside the exact answer.
 * @module
 */
import { pipeline } from "../../core/pipeline.ts";
import { split } from "../../core/random/key.ts";
import type { Summary } from "../../core/run/summary.ts";
import { type Stage, stage } from "../../core/stage.ts";
import { count, list, real } from "../../core/task/fields.ts";
import type { Flags } from "../../core/task/flags.ts";
import { drawExact } from "./draw_exact.ts";
import type { ExactDiffusion } from "./exact_entries.ts";
import {
  alongChain,
  identityError,
  knownBounds,
  simulateMarginals,
} from "./known_chains.ts";
import {
  exactLaws,
  measureFlow,
  measureGuidance,
  sampleLaw,
} from "./known_laws.ts";
import { measureOrders } from "./known_orders.ts";
import { summarizeExact } from "./summarize_exact.ts";

/** Everything that shapes the experiment. */
export interface ExactRequest {
  /** Timesteps of the chain; the mixture's has a tenth of them. */
  readonly timesteps: number;
  /** Chains simulated, and samples drawn. */
  readonly chains: number;
  /** By which the error of samplers is followed. */
  readonly orderSteps: readonly number[];
  /** By which the spread of random samplers is computed. */
  readonly lawSteps: readonly number[];
  /** By which the probability flow is integrated. */
  readonly flowSteps: readonly number[];
  /** Guidance scales of the guided normal law. */
  readonly guidances: readonly number[];
}

/** Flags of the task. */
export const exactFlags: Flags<ExactRequest> = {
  timesteps: count(1000, "timesteps of the chain", { min: 20, smoke: 200 }),
  chains: count(20_000, "chains simulated, and samples drawn", {
    min: 100,
    smoke: 2000,
  }),
  orderSteps: list(
    [20, 40, 80, 160, 320, 640, 1280],
    count(1, "steps by which the error of samplers is followed, four or more"),
    { least: 4, repeats: "refused", smoke: [20, 40, 80, 160] },
  ),
  lawSteps: list(
    [5, 10, 20, 40, 100, 250, 1000],
    count(1, "steps by which the spread of samplers is computed", {
      max: 1000,
    }),
    { least: 1, repeats: "refused", smoke: [5, 10, 20, 40, 100] },
  ),
  flowSteps: list(
    [50, 100, 200, 400, 800],
    count(1, "steps by which the probability flow is integrated"),
    { least: 1, repeats: "refused" },
  ),
  guidances: list(
    [0, 0.5, 1, 1.5, 2, 3, 4],
    real(1, "how strongly the condition guides", { min: 0 }),
    { least: 1, repeats: "refused" },
  ),
};

const compute: Stage<ExactRequest, { readonly exact: ExactDiffusion }> = stage(
  "compute",
  {
    needs: [
      ...["timesteps", "chains", "orderSteps"] as const,
      ...["lawSteps", "flowSteps", "guidances"] as const,
    ],
    adds: { exact: "bounds, orders, laws and likelihoods beside the truth" },
  },
  (config, { key, signal }) => {
    if (config.orderSteps.length < 4) {
      throw new RangeError(
        `Expected four or more order-steps but found ${config.orderSteps.length}`,
      );
    }
    const [chainKey, sampleKey] = split(key, 2);
    const marginals = simulateMarginals(
      config.timesteps,
      config.chains,
      chainKey,
    );
    signal.throwIfAborted();
    return {
      exact: {
        marginals,
        bounds: knownBounds(config.timesteps),
        identityError: identityError(config.timesteps),
        timesteps: alongChain(config.timesteps),
        orders: measureOrders([...config.orderSteps].sort((a, b) => a - b)),
        laws: exactLaws(config.lawSteps),
        sampledLaw: sampleLaw(config.chains, sampleKey),
        flow: measureFlow(config.flowSteps),
        guidance: measureGuidance(config.guidances),
      },
    };
  },
);

/** From nothing but a key to the numbers and pictures of diffusion of known data. */
export const exactExperiment: Stage<
  ExactRequest,
  { readonly summary: Summary }
> = pipeline<ExactRequest>("diffusion-exact")
  .pipe(compute)
  .pipe(summarizeExact)
  .pipe(drawExact)
  .give("summary");
