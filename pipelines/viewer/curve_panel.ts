/**
 * Curves as SVG within a page.
 * @module
 */
import { type Html, html } from "./html.ts";
import type { Panel, PanelLine } from "./panels.ts";
import { number } from "./readable.ts";

/** Colours of lines; the page's style has as many. */
export const COLORS = 8;

const WIDTH = 400;
const HEIGHT = 170;
const LEFT = 54;
const RIGHT = 10;
const TOP = 8;
const BOTTOM = 22;

/** Fewer points after the beginning are no reason to leave the beginning out. */
const FEW = 20;

/** A range of numbers. */
interface Range {
  readonly low: number;
  readonly high: number;
}

/**
 * Draws the lines of a panel, with their last values below.
 *
 * Where the beginning of training would leave the rest flat, the vertical axis shows the rest, and the panel says so.
 *
 * @param panel The panel.
 * @returns A figure.
 */
export function curvePanel(panel: Panel): Html {
  const { title, axis, lines } = panel;
  const across = rangeOf(
    lines.flatMap(({ points }) => points.map((point) => point[axis])),
  );
  const all = rangeOf(
    lines.flatMap(({ points }) => points.map(({ value }) => value)),
  );
  const up = padded(settledRange(panel, across, all));
  const isCut = up.low > all.low || up.high < all.high;
  const width = WIDTH - LEFT - RIGHT;
  const height = HEIGHT - TOP - BOTTOM;
  const x = (value: number) => width * portion(value, across);
  const y = (value: number) => height * (1 - portion(value, up));
  return html`
    <figure class="panel">
      <figcaption>${title} <small>by ${axis}</small>${isCut
        ? html`
          <small>(begins outside)</small>
        `
        : ""}</figcaption>
      <svg viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img"
        aria-label="${title} by ${axis}">
    ${ticks(up, 4).map((tick) =>
      html`
        <line class="grid" x1="${LEFT}" x2="${WIDTH - RIGHT}" y1="${fixed(
          TOP + y(tick),
        )}"
          y2="${fixed(TOP + y(tick))}" />
        <text x="${LEFT - 6}" y="${fixed(
          TOP + y(tick) + 3.5,
        )}" text-anchor="end">${number(tick)}</text>
      `
    )}${ticks(across, 5).map((tick) =>
      html`<text x="${fixed(LEFT + x(tick))}" y="${
        HEIGHT - 7
      }" text-anchor="middle">${number(tick)}</text>`
    )}
    <svg x="${LEFT}" y="${TOP}" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}">${lines
      .map((line) => lineOf(line, axis, x, y))}</svg></svg>
      <p class="legend">${lines.map(legendOf)}</p>
    </figure>
  `;
}

function lineOf(
  { label, color, isFaint, points }: PanelLine,
  axis: Panel["axis"],
  x: (value: number) => number,
  y: (value: number) => number,
): Html {
  const places = points.map((point) =>
    [fixed(x(point[axis])), fixed(y(point.value))] as const
  );
  const look = `c${color % COLORS}${isFaint ? " faint" : ""}`;
  const [only] = places;
  const isFew = places.length <= 12;
  const dots = isFew
    ? places.map(([x, y]) =>
      html`
        <circle cx="${x}" cy="${y}" r="2" />
      `
    )
    : "";
  const path = places.map(([x, y]) => `${x},${y}`).join(" ");
  if (only === undefined) return html``;
  return html`
    <g
      class="${look}"><title>${label}</title><polyline points="${path}"/>${dots}</g>
  `;
}

function legendOf({ label, color, isFaint, last }: PanelLine): Html {
  const look = `c${color % COLORS}${isFaint ? " faint" : ""}`;
  return html`
    <span class="key ${look}"><i></i>${label} <b>${number(
      last.value,
    )}</b></span>
  `;
}

/** The range that is shown: without the first tenth of training, where that is most of it. */
function settledRange(panel: Panel, across: Range, all: Range): Range {
  const begin = across.low + (across.high - across.low) / 10;
  const late = panel.lines.flatMap(({ points }) =>
    points.filter((point) => point[panel.axis] > begin)
      .map(({ value }) => value)
  );
  if (late.length < FEW) return all;
  const settled = rangeOf(late);
  const isMost = all.high - all.low > 3 * (settled.high - settled.low);
  return isMost && settled.high > settled.low ? settled : all;
}

function rangeOf(values: readonly number[]): Range {
  let [low, high] = [Infinity, -Infinity];
  for (const value of values) {
    if (value < low) low = value;
    if (value > high) high = value;
  }
  return low <= high ? { low, high } : { low: 0, high: 0 };
}

/** Some room above and below; around a constant, a tenth of it. */
function padded({ low, high }: Range): Range {
  const room = high > low
    ? 0.04 * (high - low)
    : Math.max(Math.abs(low) / 10, 0.5);
  return { low: low - room, high: high + room };
}

function portion(value: number, { low, high }: Range): number {
  return high > low ? (value - low) / (high - low) : 0.5;
}

/**
 * Finds round numbers in a range.
 *
 * @param range The range.
 * @param most About how many.
 * @returns Multiples of 1, 2 or 5 times a power of ten.
 */
export function ticks({ low, high }: Range, most: number): readonly number[] {
  const wide = high - low;
  if (!(wide > 0) || !Number.isFinite(wide)) return [low];
  const rough = wide / most;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].map((times) => times * power)
    .find((step) => step >= rough) ?? rough;
  const first = Math.ceil(low / step);
  const count = Math.min(20, Math.floor(high / step) - first + 1);
  return Array.from(
    { length: Math.max(0, count) },
    (_, i) => Number(((first + i) * step).toPrecision(12)),
  );
}

function fixed(value: number): string {
  return Number.isFinite(value) ? String(Number(value.toFixed(1))) : "0";
}
