/**
 * The stage that draws how good the best factors are.
 * @module
 */
import { type Stage, stage } from "../../core/stage.ts";
import type {
  BestFreeEnergy,
  BinaryPoint,
  MeanField,
} from "./mean_field_entries.ts";
import { lineChart, type LineSeries } from "../../charts/line_chart.ts";

/** Draws the divergences by count, the free energies by inverse temperature, and the factors of normal numbers. */
export const drawMeanField: Stage<
  { readonly meanField: MeanField; readonly count: number },
  object
> = stage("draw", {
  needs: ["meanField", "count"],
  adds: {},
}, async ({ meanField, count }, { artifacts, path }) => {
  const { limits, binary, normals } = meanField;
  await artifacts.figure(
    await lineChart({
      name: "not_all_ones",
      title: "Best factors for p(w) ∝ 1 − ∏ wᵢ",
      subtitle: `${path[0]}: exact lines, optimization dotted`,
      x: { title: "binary numbers" },
      y: { title: "KL(q ‖ p), nats" },
      series: [
        lineOf("equal factors", limits, (l) => [l.count, l.equal]),
        lineOf("free factors", limits, (l) => [l.count, l.free]),
        dotted(
          "free factors, coordinate descent",
          limits,
          (l) => [l.count, l.freeOptimized],
        ),
      ],
      rules: [{ y: Math.LN2, label: "log 2" }],
    }),
  );
  await artifacts.figure(
    await lineChart({
      name: "free_energy",
      title: `Free energy and mean energy of ${count} binary numbers`,
      subtitle: `${
        path[0]
      }: E(w) = ∏ wᵢ; exact lines, optimization and differences dotted; broad lines lie below others`,
      x: { title: "inverse temperature β", scale: "log" },
      y: { title: "" },
      panelRange: "own",
      series: [...energies(binary), ...meanEnergies(binary)],
    }),
  );
  await artifacts.figure(
    await lineChart({
      name: "correlated_normal",
      title: "Best factors for two correlated normal numbers of variance 1",
      subtitle: `${path[0]}: exact lines, optimization dotted`,
      x: { title: "correlation ρ" },
      y: { title: "" },
      panelRange: "own",
      series: [
        lineOf("exact", normals, (n) => [n.correlation, n.variance], VARIANCE),
        dotted(
          "golden section",
          normals,
          (n) => [n.correlation, n.varianceOptimized],
          VARIANCE,
        ),
        lineOf("exact", normals, (n) => [n.correlation, n.kl], DIVERGENCE),
        dotted(
          "golden section",
          normals,
          (n) => [n.correlation, n.klOptimized],
          DIVERGENCE,
        ),
      ],
    }),
  );
  return {};
});

const VARIANCE = "Variance of a factor: 1 − ρ²";
const DIVERGENCE = "KL(q ‖ p), nats: −½ log(1 − ρ²)";
const FREE_ENERGY = "Free energy above −log Z = KL(q ‖ p), nats";
const MEAN_ENERGY = "Mean energy ⟨E⟩ = −d log Z/dβ";

/** Lets another line lie on this one and be seen. */
function broad(series: LineSeries): LineSeries {
  return { ...series, stroke: "broad" };
}

function energies(binary: readonly BinaryPoint[]): LineSeries[] {
  const above = (
    point: BinaryPoint,
    pick: (best: BestFreeEnergy) => number,
    kind: "equal" | "free",
  ): Coordinates => [point.beta, pick(point[kind]) + point.logPartition];
  return (["equal", "free"] as const).flatMap((kind) => [
    (kind === "equal" ? broad : (line: LineSeries) => line)(lineOf(
      `${kind} factors`,
      binary,
      (point) => above(point, (best) => best.exact, kind),
      FREE_ENERGY,
    )),
    dotted(
      `${kind} factors, optimized`,
      binary,
      (point) => above(point, (best) => best.optimized, kind),
      FREE_ENERGY,
    ),
  ]);
}

function meanEnergies(binary: readonly BinaryPoint[]): LineSeries[] {
  return [
    broad(lineOf(
      "p, all states",
      binary,
      (b) => [b.beta, b.meanEnergy],
      MEAN_ENERGY,
    )),
    dotted("p, −d log Z/dβ", binary, (b) => [b.beta, -b.slope], MEAN_ENERGY),
    broad(lineOf(
      "equal factors",
      binary,
      (b) => [b.beta, b.equal.meanEnergy],
      MEAN_ENERGY,
    )),
    lineOf(
      "free factors",
      binary,
      (b) => [b.beta, b.free.meanEnergy],
      MEAN_ENERGY,
    ),
  ];
}

type Coordinates = readonly [x: number, y: number];

function lineOf<T>(
  label: string,
  items: readonly T[],
  at: (item: T) => Coordinates,
  panel?: string,
): LineSeries {
  const points = items.map(at).map(([x, y]) => ({ x, y }));
  return { label, points, ...panel ? { panel } : {} };
}

function dotted<T>(
  label: string,
  items: readonly T[],
  at: (item: T) => Coordinates,
  panel?: string,
): LineSeries {
  return { ...lineOf(label, items, at, panel), dash: "dotted" };
}
