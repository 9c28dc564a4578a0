// deno-lint-ignore-file camelcase -- the names of diffusers
/**
 * Methods as the library diffusers configures them.
 * @module
 */
import { ddim, eulerAncestral } from "./ddim.ts";
import { ddpm } from "./ddpm.ts";
import { dpmSolver } from "./dpm_solver.ts";
import { dpmSolverSde } from "./dpm_solver_sde.ts";
import { euler } from "./euler.ts";
import { heun } from "./heun.ts";
import { lms } from "./lms.ts";
import { pndm } from "./pndm.ts";
import type { Sampler } from "./sampler.ts";
import type { SchedulerConfig, SchedulerKind } from "./scheduler_config.ts";
import { unipc } from "./unipc.ts";

/** What is no setting of a configuration. */
export interface SamplerChoice {
  /** Part of the noise that DDIM draws anew; 0 unless given. */
  readonly eta?: number;
  /** Order of the linear multistep method; 4 unless given. */
  readonly order?: number;
  /** Whether slips of published code are corrected; they are unless given. */
  readonly faults?: "corrected" | "as-published";
}

/**
 * Makes the method of a configuration, without its grid.
 *
 * @param kind Which method.
 * @param config Its settings.
 * @param options What is no setting of a configuration.
 * @returns The method.
 * @throws {RangeError} If the order is none of the method's.
 */
export function configuredSampler(
  kind: SchedulerKind,
  config: SchedulerConfig,
  { eta = 0, order = 4, faults = "corrected" }: SamplerChoice = {},
): Sampler {
  switch (kind) {
    case "ddim":
      return ddim({ eta });
    case "ddpm":
      return ddpm({
        variance: config.variance_type === "fixed_large" ? "larger" : "smaller",
      });
    case "dpm":
      return dpmOf(config, faults);
    case "euler":
      return euler;
    case "eulerAncestral":
      return eulerAncestral;
    case "heun":
      return heun;
    case "lms":
      return lms({ order, begin: faults });
    case "pndm":
      return pndm({
        start: config.skip_prk_steps ? "linear" : "runge-kutta",
        of: config.prediction_type === "v_prediction" ? "velocity" : "noise",
      });
    case "unipc":
      return unipc({
        order: orderOf(config),
        basis: config.solver_type === "bh1" ? "linear" : "expm1",
      });
  }
}

function dpmOf(
  config: SchedulerConfig,
  third: "corrected" | "as-published",
): Sampler {
  const last = config.euler_at_final
    ? "first-order"
    : config.lower_order_final === false
    ? "full"
    : "automatic";
  const order = orderOf(config);
  if (config.algorithm_type === "sde-dpmsolver++") {
    return dpmSolverSde({ order: order === 1 ? 1 : 2, last });
  }
  const slope = config.solver_type === "heun" ? "heun" : "midpoint";
  return dpmSolver({ order, slope, last, third });
}

function orderOf({ solver_order = 2 }: SchedulerConfig): 1 | 2 | 3 {
  if (solver_order === 1 || solver_order === 2 || solver_order === 3) {
    return solver_order;
  }
  throw new RangeError(
    `Expected solver_order 1, 2 or 3 but found ${solver_order}`,
  );
}
