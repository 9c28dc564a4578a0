/**
 * Figures from numbers, as PNG, SVG and Vega-Lite.
 * @module
 */
export * from "./comparison_chart.ts";
export * from "./heatmap.ts";
export * from "./image_grid.ts";
export type { PixelNumbers } from "./tile_images.ts";
export * from "./interval_chart.ts";
export * from "./line_chart.ts";
export * from "./plane_chart.ts";
export type * from "./line_chart_options.ts";
export * from "./scatter_chart.ts";
export * from "./subtitle.ts";
export type { Heading } from "./theme.ts";
export type { Point, Thinning } from "./thin_points.ts";
export type { AxisOptions, ScaleType } from "./axis_scale.ts";
