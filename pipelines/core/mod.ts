/**
 * Composition, runs, data, random numbers by key and tasks: what every experiment uses.
 * @module
 */
export { inFlight, together } from "./in_flight.ts";
export * from "./steps_in_flight.ts";
export type * from "./context.ts";
export * from "./for_each.ts";
export {
  type Broadcast,
  type MediaBundle,
  notebook,
  shownAs,
} from "./notebook.ts";
export * from "./pipeline.ts";
export { attempt } from "./attempt.ts";
export * from "./stage.ts";
export * from "./stage_error.ts";
export type { DatasetInfo } from "./data/dataset_info.ts";
export * from "./random/key.ts";
export * from "./random/normal.ts";
export * from "./random/permutation.ts";
export * from "./random/uniform.ts";
export type { DeviceChoice } from "./run/choose_device.ts";
export type { ReportPage } from "./run/report_page.ts";
export { execute, type ExecuteOptions } from "./run/execute.ts";
export { type MemoryRun, memoryRun } from "./run/memory_run.ts";
export * from "./run/run_record.ts";
export * from "./run/progress/notebook_progress.ts";
export * from "./run/progress/plain_progress.ts";
export * from "./run/progress/quiet_progress.ts";
export * from "./run/progress/screen.ts";
export * from "./run/progress/terminal_progress.ts";
export type { Store } from "./run/store.ts";
export * from "./run/summary.ts";
export * from "./task/fields.ts";
export * from "./task/flags.ts";
export { main, type MainOptions } from "./task/main.ts";
export type { Ignorable } from "./task/common_flags.ts";
export {
  defineTask,
  type Result,
  type Task,
  type TaskSpec,
} from "./task/task.ts";
export * from "./run/metrics/read_metrics.ts";
export * from "./task/result/result_rows.ts";
export type { Band, Bands, BandsByRun } from "./task/expected_bands.ts";
export type { AnyFlags } from "./task/settings_table.ts";
export { unitOf, type Units } from "./task/result/units.ts";
export * from "./data/formats/csv.ts";
export * from "./data/formats/npy.ts";
export * from "./data/formats/png.ts";
export * from "./data/formats/zip.ts";
export type {
  BuiltIn,
  DataSource,
  NamedData,
  Opened,
} from "./data/load_data.ts";
export type { DataFile, KnownData, KnownFile } from "./data/known_data.ts";
export * from "./exports/event_file.ts";
export * from "./exports/run_content.ts";
export * from "./exports/to_csv.ts";
export * from "./exports/to_tensorboard.ts";
export { NotFoundError, NotGrantedError } from "./missing.ts";
