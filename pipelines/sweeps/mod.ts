/**
 * Sweeps: one run of a task for each combination of settings, here or on Slurm, and a comparison of them.
 * @module
 */
export * from "./alternatives.ts";
export type { CaseState, CaseStatus } from "./case_state.ts";
export * from "./sweep.ts";
export { readPlan } from "./sweep_file.ts";
export type {
  Alternatives,
  CaseFields,
  SweepCase,
  SweepPlan,
} from "./sweep_plan.ts";
export * from "./sweep_results.ts";
export type { SweepTools } from "./sweep_tools.ts";
