/**
 * The look of every figure.
 * @module
 */
import { wrap } from "../core/task/wrap.ts";
import type { Config, TopLevelSpec } from "vega-lite";

/** Fonts by preference: the shipped one, then one of the same widths, then any. */
export const fontFamily = "DejaVu Sans, Verdana, sans-serif";

/** Eight colours that colour-blind readers tell apart. Okabe & Ito 2008, yellow and black last. */
export const okabeIto: readonly string[] = [
  "#0072B2",
  "#D55E00",
  "#009E73",
  "#CC79A7",
  "#E69F00",
  "#56B4E9",
  "#000000",
  "#F0E442",
];

/** Ten colours that colour-blind readers tell apart. Petroff 2021, arXiv:2107.02270. */
export const petroff: readonly string[] = [
  "#3f90da",
  "#ffa90e",
  "#bd1f01",
  "#94a4a2",
  "#832db6",
  "#a96b59",
  "#e76300",
  "#b9ac70",
  "#717581",
  "#92dadd",
];

/** Ink of titles, labels, rules and the grid, dark to light. */
export const ink = {
  title: "#1a1a1a",
  label: "#404040",
  note: "#5f5f5f",
  axis: "#8c8c8c",
  grid: "#e8e8e8",
} as const;

/** The Vega-Lite configuration of every figure. */
export const theme: Config = {
  background: "white",
  padding: 12,
  font: fontFamily,
  view: { stroke: null },
  title: {
    anchor: "start",
    frame: "bounds",
    color: ink.title,
    fontSize: 13,
    fontWeight: 700,
    offset: 14,
    subtitleColor: ink.note,
    subtitleFontSize: 10.5,
    subtitleLineHeight: 15,
    subtitlePadding: 5,
  },
  axis: {
    domainColor: ink.axis,
    gridColor: ink.grid,
    labelColor: ink.label,
    labelFontSize: 10,
    labelPadding: 4,
    tickColor: ink.axis,
    tickSize: 4,
    titleColor: ink.title,
    titleFontSize: 11,
    titleFontWeight: 400,
    titlePadding: 8,
  },
  axisX: { labelFlush: false }, // a label stands at its tick, also at the end of an axis
  axisY: { labelFlush: false },
  legend: {
    labelColor: ink.label,
    labelFontSize: 10.5,
    labelLimit: 0,
    symbolSize: 70,
    titleColor: ink.title,
    titleFontSize: 10.5,
    titleFontWeight: 400,
    titleLimit: 0,
  },
};

/** Most characters of a line of the title, and of one below: those of a single panel. */
const MOST_TITLE = 68;
const MOST_SUBTITLE = 84;

/** The texts above a figure. */
export interface Heading {
  /** What the figure shows. */
  readonly title: string;
  /** Where its numbers come from, such as "mnist · vae-k3". */
  readonly subtitle?: string;
}

/**
 * The title of a figure as Vega-Lite writes it.
 *
 * @param heading The title and the line below.
 * @param notes More lines, such as how the data were thinned.
 * @param width How wide the figure is, as multiples of a single panel.
 * @returns The title, with a line for the subtitle and for each note; longer ones on several lines.
 */
export function headingOf(
  heading: Heading,
  notes: readonly string[] = [],
  width = 1,
): NonNullable<TopLevelSpec["title"]> {
  const subtitle = heading.subtitle ? [heading.subtitle] : [];
  return {
    text: [...wrap(heading.title, width * MOST_TITLE)],
    subtitle: [...subtitle, ...notes].flatMap((line) =>
      wrap(line, width * MOST_SUBTITLE)
    ),
  };
}

/**
 * The title of one panel of a figure as Vega-Lite writes it.
 *
 * @param text What sets the panel apart.
 * @returns The title, smaller than the figure's, above the left edge of the plot.
 */
export function panelTitle(
  text: string,
): Exclude<TopLevelSpec["title"], string | undefined> {
  return { text, fontSize: 11, frame: "group", offset: 6 };
}
