import type { MemoryRun } from "../../pipelines/core/run/memory_run.ts";

/** A point of a figure, with the name of its line. */
export type FigurePoint = Readonly<Record<string, string | number>>;

/** Every point of a figure's lines, without those of the bands behind them. */
export function pointsOf(
  { figures }: Pick<MemoryRun, "figures">,
  name: string,
): readonly FigurePoint[] {
  const found: FigurePoint[] = [];
  const visit = (value: unknown): void => {
    if (typeof value !== "object" || value === null) return;
    const { data, mark } = value as {
      data?: { values?: FigurePoint[] };
      mark?: { type?: string };
    };
    if (mark?.type === "line") found.push(...data?.values ?? []);
    Object.values(value).forEach(visit);
  };
  visit(figures.get(name)?.spec);
  return found;
}
