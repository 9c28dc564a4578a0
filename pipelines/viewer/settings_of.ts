/**
 * The settings of runs, and which of them tell the runs apart.
 * @module
 */
import type { Json } from "../core/context.ts";
import type { RunRecord } from "../core/run/run_record.ts";
import { kebab } from "../core/task/flags.ts";
import { setting } from "./readable.ts";

/** Values by name. */
export type Settings = Readonly<Record<string, Json>>;

/** One setting of several runs. */
export interface SettingRow {
  /** The setting's name. */
  readonly name: string;
  /** The value in each run; undefined where a run has no such setting. */
  readonly values: readonly (Json | undefined)[];
  /** Whether the runs differ in it. */
  readonly differs: boolean;
}

/**
 * Lists everything that shapes a run's numbers.
 *
 * @param record The run's record.
 * @returns Task, config, seed, device and threads by name.
 */
export function settingsOf(record: RunRecord): Settings {
  const { task, config, seed, device, threads } = record;
  return { task, ...config, seed, device, threads };
}

/**
 * Lays the settings of several runs beside one another, those that differ first.
 *
 * @param runs The settings of each run.
 * @returns A row for each setting that any run has.
 */
export function settingRows(
  runs: readonly Settings[],
): readonly SettingRow[] {
  const names = [...new Set(runs.flatMap((run) => Object.keys(run)))];
  const rows = names.map((name) => {
    const values = runs.map((run) =>
      Object.hasOwn(run, name) ? run[name] : undefined
    );
    const written = new Set(values.map((value) => JSON.stringify(value)));
    return { name, values, differs: written.size > 1 };
  });
  return rows.toSorted((a, b) => Number(b.differs) - Number(a.differs));
}

/**
 * Names each run by the settings in which it differs from the others.
 *
 * @param runs The settings of each run.
 * @param names A name for each run, for those that differ in nothing.
 * @returns Such as `latent 2, seed 1`.
 */
export function labelsOf(
  runs: readonly Settings[],
  names: readonly string[],
): readonly string[] {
  const differing = settingRows(runs).filter(({ differs }) => differs);
  const labels = runs.map((_, i) =>
    differing.map(({ name, values }) =>
      name === "task" ? setting(values[i]) : `${name} ${setting(values[i])}`
    ).join(", ")
  );
  const isClear = (label: string) =>
    label !== "" && label.length <= 60 &&
    labels.filter((other) => other === label).length === 1;
  return labels.every(isClear) ? labels : names;
}

/**
 * Finds the settings of a run that are not the task's defaults.
 *
 * @param record The run's record.
 * @param defaults The defaults by name; undefined where the task is not known.
 * @returns The settings; where no defaults are known, those that were typed.
 */
export function changedSettings(
  record: RunRecord,
  defaults: Settings | undefined,
): Settings {
  const { config, seed } = record;
  const all: Settings = seed === 0 ? config : { ...config, seed };
  const isChanged = ([name, value]: readonly [string, Json]) =>
    name === "seed" ||
    (defaults
      ? JSON.stringify(defaults[name]) !== JSON.stringify(value)
      : record.commandLine.some((typed) =>
        typed.replace(/=.*$/s, "").replace(/^--/, "") === kebab(name)
      ));
  return Object.fromEntries(Object.entries(all).filter(isChanged));
}
