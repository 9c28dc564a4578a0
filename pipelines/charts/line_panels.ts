/**
 * The panels of a line chart as Vega-Lite writes them.
 * @module
 */
import type { TopLevelSpec } from "vega-lite";
import { axisEncoding, domainOf } from "./axis_scale.ts";
import type { LineChartOptions, ReferenceRule } from "./line_chart_options.ts";
import { lineLayers, ruleLayers } from "./line_layers.ts";
import { panelTitle } from "./theme.ts";
import type { Point } from "./thin_points.ts";

type Concat = Extract<TopLevelSpec, { concat: unknown }>;
type Panel = Concat["concat"][number];

/** Width and height of a panel, in pixels, by the number of columns. */
const sizes = { 1: [460, 260], 2: [290, 190], 3: [215, 170] } as const;

/**
 * Arranges the series in panels, in the order of their first mention.
 *
 * @param options The chart, its series thinned and checked.
 * @returns The specification, without its title.
 */
export function linePanels(
  options: LineChartOptions,
): Pick<Concat, "columns" | "concat" | "spacing" | "resolve"> {
  const panels = [...new Set(options.series.map(({ panel }) => panel))];
  const columns = columnsOf(panels.length);
  return {
    columns,
    spacing: { row: 18, column: 22 },
    concat: panels.map((panel, i) =>
      panelSpec(panel, options, columns, {
        x: i + columns >= panels.length ? options.x.title : null,
        y: options.yTitles?.[panel ?? ""] ??
          (i % columns === 0 ? options.y.title : null),
      })
    ),
    resolve: { scale: { color: "shared", strokeDash: "shared" } },
  };
}

function columnsOf(panels: number): keyof typeof sizes {
  if (panels === 1) return 1;
  return panels === 2 || panels === 4 ? 2 : 3;
}

function panelSpec(
  panel: string | undefined,
  options: LineChartOptions,
  columns: keyof typeof sizes,
  titles: { readonly x: string | null; readonly y: string | null },
): Panel {
  const { x, y, series, panelRange = "shared" } = options;
  const own = series.filter((one) => one.panel === panel);
  const rules = options.rules?.filter((rule) => isIn(rule, panel)) ?? [];
  const across = series.flatMap(({ points }) => points.map((point) => point.x));
  const up = (panelRange === "own" ? own : series)
    .flatMap(({ points }) => points.flatMap(endsOf));
  const ends = domainOf(
    [...up, ...rules.map((rule) => rule.y)],
    y.scale,
    rules.length > 0 ? 0.1 : 0.05, // rules have labels beside them
  );
  const [width, height] = sizes[columns];
  return {
    width,
    height,
    ...(panel ? { title: panelTitle(panel) } : {}),
    encoding: {
      x: axisEncoding(x, domainOf(across, x.scale), titles.x),
      y: axisEncoding(y, ends, titles.y),
    },
    layer: [
      ...lineLayers(own, options),
      ...rules.flatMap((rule) => ruleLayers(rule, own)),
    ],
  };
}

function isIn(rule: ReferenceRule, panel: string | undefined): boolean {
  return rule.panel === undefined || rule.panel === panel;
}

function endsOf({ y, lower = y, upper = y }: Point): readonly number[] {
  return [y, lower, upper];
}
