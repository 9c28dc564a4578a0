/**
 * The figure of a sweep.
 * @module
 */
import { comparisonChart } from "../charts/comparison_chart.ts";
import type { FigureFiles, Json } from "../core/context.ts";
import { kebab } from "../core/task/flags.ts";
import type { Compared } from "./results_table.ts";
import { valueText } from "./sweep_plan.ts";
import { type SweepResults, valuesOf } from "./sweep_results.ts";

/** More rows make a figure that nobody reads. */
const MOST_ROWS = 60;

/** More panels, too. */
const MOST_PANELS = 6;

/**
 * Draws the numbers of each setting beside those of the others.
 *
 * @param results The results, at least one case of them finished.
 * @param compared The numbers to show; the first six are drawn.
 * @returns The figure `comparison`.
 * @throws {RangeError} If there are more than 60 settings, or no number.
 */
export async function comparisonFigure(
  results: SweepResults,
  compared: readonly Compared[],
): Promise<FigureFiles> {
  const { plan, settings } = results;
  const drawn = settings.filter(({ cases }) =>
    cases.some(({ summary }) => summary !== undefined)
  );
  if (drawn.length > MOST_ROWS) {
    throw new RangeError(
      `Expected at most ${MOST_ROWS} settings in a figure but found ${drawn.length}`,
    );
  }
  const seeds = plan.cases.length / settings.length; // of each setting
  return await comparisonChart({
    name: "comparison",
    title: `${plan.task}: ${settings.length} settings${
      seeds > 1 ? `, ${seeds} seeds each` : ""
    }`,
    subtitle: dataOf(results),
    rows: drawn.map((one) => labelOf(one.settings)),
    panels: compared.slice(0, MOST_PANELS).map(({ name, unit }) => ({
      title: name,
      axis: unit,
      values: drawn.map((setting) => valuesOf(setting, name)),
    })),
    repeated: "seed",
  });
}

/** Such as `latent 2, hidden 500`. */
function labelOf(settings: Readonly<Record<string, Json>>): string {
  const parts = Object.entries(settings).map(([name, value]) =>
    `${kebab(name)} ${valueText(value)}`
  );
  return parts.join(", ") || "all";
}

/** Names the data of the runs, loudly where built-in data stand in for real ones. */
function dataOf({ cases }: SweepResults): string {
  const names = cases.flatMap(({ record }) => {
    const dataset = record?.facts["dataset"];
    if (typeof dataset !== "object" || dataset === null) return [];
    const { name, builtIn } = dataset as Readonly<Record<string, Json>>; // a fact that stages report
    return [builtIn === true ? `built-in ${name}, NOT real data` : `${name}`];
  });
  return [...new Set(names)].join(" and ");
}
