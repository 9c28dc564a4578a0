/**
 * The range and the ticks of an axis.
 * @module
 */

/** How values lie along an axis. */
export type ScaleType = "linear" | "log";

/** One axis of a chart. */
export interface AxisOptions {
  /** What is measured, and its unit. */
  readonly title: string;
  /** Linear by default. */
  readonly scale?: ScaleType;
  /** The ends of the axis; those of the data by default. */
  readonly domain?: readonly [number, number];
  /** Ticks at whole numbers only: of layers, there are no others. */
  readonly whole?: true;
}

/** A quantitative position channel, without its field. */
export interface PositionEncoding {
  /** The type that Vega-Lite asks for. */
  readonly type: "quantitative";
  /** The title of the axis. */
  readonly title: string | null;
  /** From values to pixels. */
  readonly scale: {
    readonly type: ScaleType;
    readonly domain: number[];
    readonly nice: false;
  };
  /** The ticks and their labels. */
  readonly axis:
    | { readonly tickCount: number; readonly tickMinStep?: number }
    | { readonly values: number[]; readonly labelExpr: string };
}

/** Whether an axis has a place for a value. */
export function isOnScale(
  value: number,
  scale: ScaleType = "linear",
): boolean {
  return Number.isFinite(value) && (scale === "linear" || value > 0);
}

/**
 * The range of values on an axis, with some room at both ends.
 *
 * @param values The values to show; those without a place on the axis are left out.
 * @param scale How they lie along the axis.
 * @param room Room at each end, as a part of the range.
 * @returns Lowest and highest value of the axis; a single value lies in the middle.
 * @throws {RangeError} If no value has a place on the axis.
 */
export function domainOf(
  values: readonly number[],
  scale: ScaleType = "linear",
  room = 0,
): readonly [number, number] {
  let low = Infinity;
  let high = -Infinity;
  for (const value of values) {
    if (!isOnScale(value, scale)) continue;
    low = Math.min(low, value);
    high = Math.max(high, value);
  }
  if (low > high) {
    throw new RangeError(
      `Expected a value that fits on a ${scale} axis but found none`,
    );
  }
  if (scale === "log") return widenByFactor(low, high, room);
  const wide = low === high ? Math.abs(low) / 10 || 1 : (high - low) * room;
  return [low - wide, high + wide];
}

function widenByFactor(
  low: number,
  high: number,
  room: number,
): readonly [number, number] {
  const factor = low === high ? 2 : (high / low) ** room;
  return [low / factor, high * factor];
}

/**
 * The ticks of a logarithmic axis: powers of ten, with 2 and 5 between them where there are few.
 *
 * @param domain The ends of the axis, both positive.
 * @returns At most eight ticks within the domain, perhaps none on a short axis.
 */
export function logTicks([low, high]: readonly [number, number]): number[] {
  const first = Math.ceil(Math.log10(low)) - 1;
  const last = Math.floor(Math.log10(high));
  const exponents = Array.from(
    { length: last - first + 1 },
    (_, i) => first + i,
  );
  const stride = Math.max(1, Math.ceil((exponents.length - 1) / 7));
  const digits = exponents.length <= 3 ? [1, 2, 5] : [1];
  return exponents
    .filter((exponent) => exponent % stride === 0)
    // a literal is exact where a power is not: 10 ** -5 is 0.000009999999999999999
    .flatMap((exponent) =>
      digits.map((digit) => Number(`${digit}e${exponent}`))
    )
    .filter((tick) => tick >= low && tick <= high);
}

/**
 * A position along a quantitative axis as Vega-Lite writes it.
 *
 * @param options The axis.
 * @param domain Its ends, where the options do not say.
 * @param title Its title, or `null` where a neighbour has it.
 * @returns The encoding, without a field.
 */
export function axisEncoding(
  { scale = "linear", ...options }: AxisOptions,
  domain: readonly [number, number],
  title: string | null = options.title,
): PositionEncoding {
  const ends = options.domain ?? domain;
  return {
    type: "quantitative",
    title,
    scale: { type: scale, domain: [...ends], nice: false },
    axis: scale === "log"
      ? logAxis(ends)
      : { tickCount: 5, ...options.whole ? { tickMinStep: 1 } : {} },
  };
}

function logAxis(domain: readonly [number, number]): PositionEncoding["axis"] {
  const values = logTicks(domain);
  if (values.length < 2) return { tickCount: 5 };
  return { values, labelExpr: logLabels(values) };
}

/** Labels of logarithmic ticks as a Vega expression: 0.01 and 500, or 10⁻⁶ and 5·10⁻⁶ where one is far from 1. */
function logLabels(ticks: readonly number[]): string {
  const isPlain = ticks.every((tick) => tick >= 0.001 && tick < 1e5);
  const label = (tick: number): string => {
    const [digit, exponent = ""] = tick.toExponential().split("e");
    const power = `10${exponent.replace("+", "").replace(/./g, superscript)}`;
    return digit === "1" ? power : `${digit}·${power}`;
  };
  const labels = ticks.map((tick) => [
    tick,
    isPlain
      ? tick.toLocaleString("en", { maximumFractionDigits: 3 })
      : label(tick),
  ]);
  return `${JSON.stringify(Object.fromEntries(labels))}[datum.value]`;
}

function superscript(sign: string): string {
  return "⁰¹²³⁴⁵⁶⁷⁸⁹"[Number(sign)] ?? "⁻";
}
