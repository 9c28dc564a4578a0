/**
 * Measurements over training, thinned while they are read.
 * @module
 */
import type { MetricRecord } from "../core/context.ts";

/** One measurement. */
export interface CurvePoint {
  /** Weight updates so far. */
  readonly step: number;
  /** Epochs so far. */
  readonly epoch: number;
  /** What was measured. */
  readonly value: number;
}

/** One measured quantity. */
export interface Curve {
  /** Such as `validation/elbo`. */
  readonly name: string;
  /** Points in order: all of them, or the least and the greatest of each group of neighbours. */
  readonly points: readonly CurvePoint[];
  /** The last measurement. */
  readonly last: CurvePoint;
  /** How often it was measured. */
  readonly count: number;
}

/** Groups of neighbours kept of each curve; there are never more than twice as many. */
const GROUPS = 256;

/** Curves kept of a run; names beyond are counted only. */
const MOST_CURVES = 400;

/** Collects curves in memory that does not grow with the number of records. */
export class CurveCollector {
  readonly #all: GrowingCurve[] = [];
  readonly #current = new Map<string, GrowingCurve>();
  #leftOut = 0;

  /** Takes a record. */
  add({ step, epoch, values }: MetricRecord): void {
    for (const [name, value] of Object.entries(values)) {
      const point = { step, epoch, value };
      if (this.#current.get(name)?.add(point)) continue;
      this.#begin(name, point);
    }
  }

  /** Gives the curves so far, in the order of their first measurement. */
  curves(): readonly Curve[] {
    return this.#all.map((curve) => curve.curve());
  }

  /** Tells how many measurements belong to curves that were left out. */
  get leftOut(): number {
    return this.#leftOut;
  }

  /** A second curve of one name is that of a stage which trains another model, from its step 0. */
  #begin(name: string, point: CurvePoint): void {
    if (this.#all.length === MOST_CURVES) {
      this.#leftOut++;
      return;
    }
    const before = this.#current.get(name);
    const curve = new GrowingCurve(name, (before?.turn ?? 0) + 1);
    curve.add(point);
    this.#current.set(name, curve);
    this.#all.push(curve);
  }
}

/** Some neighbours, of which the least and the greatest are kept. */
interface Group {
  low: CurvePoint;
  high: CurvePoint;
}

class GrowingCurve {
  /** How many curves of this name there are, this one included. */
  readonly turn: number;
  readonly #name: string;
  #groups: Group[] = [];
  #perGroup = 1;
  #inLast = 0;
  #count = 0;
  #last: CurvePoint = { step: 0, epoch: 0, value: 0 };

  constructor(name: string, turn: number) {
    this.turn = turn;
    this.#name = turn === 1 ? name : `${name} (${turn})`;
  }

  /** Takes the next point; not where the steps begin again. */
  add(point: CurvePoint): boolean {
    if (point.step < this.#last.step) return false;
    this.#last = point;
    this.#count++;
    const group = this.#groups.at(-1);
    if (group !== undefined && this.#inLast < this.#perGroup) {
      join(group, point, point);
      this.#inLast++;
      return true;
    }
    if (this.#groups.length === 2 * GROUPS) this.#halve();
    this.#groups.push({ low: point, high: point });
    this.#inLast = 1;
    return true;
  }

  curve(): Curve {
    const points = this.#groups.flatMap(({ low, high }) =>
      low === high ? [low] : low.step <= high.step ? [low, high] : [high, low]
    );
    const last = this.#last;
    if (points.at(-1) !== last) points.push(last);
    return { name: this.#name, points, last, count: this.#count };
  }

  #halve(): void {
    const halved: Group[] = [];
    for (let i = 0; i < this.#groups.length; i += 2) {
      const [first, second] = [this.#groups[i]!, this.#groups[i + 1]!]; // an even number
      join(first, second.low, second.high);
      halved.push(first);
    }
    this.#groups = halved;
    this.#perGroup *= 2;
  }
}

function join(group: Group, low: CurvePoint, high: CurvePoint): void {
  if (low.value < group.low.value) group.low = low;
  if (high.value > group.high.value) group.high = high;
}

/**
 * Thins points further: to the least and the greatest of as many groups as there is room for.
 *
 * @param points Points in order.
 * @param most The most points wanted, at least 4.
 * @returns Points in order, the last one among them.
 */
export function thinTo(
  points: readonly CurvePoint[],
  most: number,
): readonly CurvePoint[] {
  if (points.length <= most) return points;
  const per = Math.ceil(
    points.length / Math.max(1, Math.floor((most - 1) / 2)),
  );
  const kept: CurvePoint[] = [];
  for (let from = 0; from < points.length; from += per) {
    const group = points.slice(from, from + per);
    const low = group.reduce((a, b) => b.value < a.value ? b : a);
    const high = group.reduce((a, b) => b.value > a.value ? b : a);
    const isLowFirst = group.indexOf(low) <= group.indexOf(high);
    kept.push(...isLowFirst ? [low, high] : [high, low]);
  }
  return [...kept, points.at(-1)!]; // there are more than `most`
}
