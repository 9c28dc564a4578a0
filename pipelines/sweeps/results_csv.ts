/**
 * `results.csv`: a line for each case of a sweep.
 * @module
 */
import { kebab } from "../core/task/flags.ts";
import { numbersIn, type SweepResults } from "./sweep_results.ts";
import { valueText } from "./sweep_plan.ts";

/**
 * Writes all numbers of all cases.
 *
 * @param results The results.
 * @returns A head and a line for each case, by RFC 4180 but with newlines alone; numbers with all their digits.
 */
export function resultsCsv(results: SweepResults): string {
  const { varied } = results.plan;
  const names = numbersIn(results);
  const head = ["case", ...varied.map(kebab), "status", "seconds", ...names];
  const lines = results.cases.map((one) => [
    one.case.name,
    ...varied.map((name) => valueText(one.case.settings[name])),
    one.status,
    one.record?.seconds.toFixed(1) ?? "",
    ...names.map((name) => String(one.summary?.[name] ?? "")),
  ]);
  return [head, ...lines].map((line) => `${line.map(cell).join(",")}\n`)
    .join("");
}

function cell(text: string): string {
  return /[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
