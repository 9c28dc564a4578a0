/**
 * Runs beside one another, for a terminal.
 * @module
 */
import type { RunRecord } from "../../core/run/run_record.ts";
import { type JoinedNumber, valueText } from "../joined_numbers.ts";
import { setting } from "../readable.ts";
import { settingRows, settingsOf } from "../settings_of.ts";
import { textTable } from "../text_table.ts";

/** A run of a comparison. */
export interface ComparedRun {
  /** What the run is called. */
  readonly name: string;
  /** Its record. */
  readonly record: RunRecord;
  /** Its numbers, with errors and units. */
  readonly numbers: readonly JoinedNumber[];
}

/**
 * Lays runs beside one another: settings, then numbers, and the difference of two.
 *
 * @param runs The runs.
 * @param which Whether settings that are the same are shown, too.
 * @returns The text, without a last newline.
 */
export function comparisonText(
  runs: readonly ComparedRun[],
  which: "all" | "differing",
): string {
  const letters = runs.map((_, i) => letterOf(i));
  const names = runs.map((
    { name, record },
    i,
  ) => [letters[i] ?? "", name, record.task, record.status]);
  const rows = settingRows(runs.map(({ record }) => settingsOf(record)));
  const shown = rows.filter(({ differs }) => differs || which === "all");
  const settings = shown.length === 0
    ? ["The settings are the same."]
    : textTable([
      ["", ...letters],
      ...shown.map(({ name, values }) => [name, ...values.map(setting)]),
    ]);
  return [
    ...textTable(names),
    "",
    ...settings,
    "",
    ...textTable([
      ["", ...letters, ...runs.length === 2 ? ["B - A"] : [], ""],
      ...numberRows(runs),
    ], [
      "left",
      ...runs.map(() => "right" as const),
      ...runs.length === 2 ? ["right" as const] : [],
    ]),
  ].join("\n");
}

function numberRows(
  runs: readonly ComparedRun[],
): readonly (readonly string[])[] {
  const names = [
    ...new Set(runs.flatMap(({ numbers }) => numbers.map(({ name }) => name))),
  ];
  return names.map((name) => {
    const found = runs.map(({ numbers }) =>
      numbers.find((one) => one.name === name)
    );
    const cells = found.map((one) =>
      one ? valueText(one.value, one.error) : "–"
    );
    const [first, second] = found;
    const gap = first && second ? differenceText(first, second) : "–";
    const unit = found.map((one) => one?.unit).find(Boolean) ?? "";
    return [name, ...cells, ...runs.length === 2 ? [gap] : [], unit];
  });
}

/**
 * Writes how much the second number is more than the first, with the standard error of the difference of two independent
 * estimates: the root of the sum of the squared errors.
 *
 * @param first A number.
 * @param second The same number of another run.
 * @returns Such as `3.7 ± 1.9`.
 */
export function differenceText(
  first: JoinedNumber,
  second: JoinedNumber,
): string {
  const error = first.error !== undefined && second.error !== undefined
    ? Math.hypot(first.error, second.error)
    : undefined;
  return valueText(second.value - first.value, error);
}

/** A, B, ... Z, then numbers. */
function letterOf(place: number): string {
  return place < 26 ? String.fromCharCode(65 + place) : String(place + 1);
}
