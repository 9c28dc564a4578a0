/**
 * The stage that makes pairs of normal distributions.
 * @module
 */
import type { Matrix } from "../../../models/distributions/cholesky.ts";
import { FullNormal } from "../../../models/distributions/full_normal.ts";
import { fold, type Key } from "../../core/random/key.ts";
import { normal } from "../../core/random/normal.ts";
import { type Stage, stage } from "../../core/stage.ts";
import type { CovarianceKind, NormalPair } from "./normal_pairs.ts";

/** Which pairs to make, as a run's config gives it. */
export interface PairRequest {
  /** Numbers in a vector of the diagonal and the full kind. */
  readonly dimensions: number;
  /** How far apart the pairs are. */
  readonly separations: readonly number[];
}

/** How fast the logarithm of a scale grows with the separation, at most. */
const GROWTH = 0.2;

const KINDS: readonly CovarianceKind[] = ["univariate", "diagonal", "full"];

/** Makes a pair of each kind for each separation, along one direction drawn for each kind. */
export const buildNormalPairs: Stage<
  PairRequest,
  { readonly pairs: readonly NormalPair[] }
> = stage("pairs", {
  needs: ["dimensions", "separations"],
  adds: { pairs: "pairs of normal distributions by kind and separation" },
}, ({ dimensions, separations }, { key }) => ({
  pairs: KINDS.flatMap((kind) => {
    const size = kind === "univariate" ? 1 : dimensions;
    const direction = drawDirection(kind, size, fold(key, kind));
    return separations.map((separation) =>
      pairAlong(direction, { kind, separation })
    );
  }),
}));

/** p = N(mean, L L^T), and where q goes from there. */
interface Direction {
  readonly mean: readonly number[];
  readonly factor: Matrix;
  /** Unit vector, in p's own scale. */
  readonly shift: readonly number[];
  /** Lower triangular: growth of the log scales on its diagonal, of the mixing below. */
  readonly growth: Matrix;
}

function drawDirection(
  kind: CovarianceKind,
  size: number,
  key: Key,
): Direction {
  const draw = (name: string, count: number) => [
    ...normal(fold(key, name), count),
  ];
  const mixing = draw("mixing", 2 * size * size);
  const scales = draw("scales", size);
  const shift = draw("shift", size);
  const length = Math.hypot(...shift);
  const triangle = (offset: number, diagonal: (i: number) => number): Matrix =>
    scales.map((_, i) =>
      scales.map((_, j) => {
        if (i === j) return diagonal(i);
        return kind === "full" && j < i
          ? GROWTH * mixing[offset + i * size + j]!
          : 0; // i, j < size
      })
    );
  return {
    mean: draw("mean", size),
    factor: triangle(0, (i) => Math.exp(scales[i]! / 2)),
    shift: shift.map((x) => x / length),
    growth: triangle(size * size, (i) => GROWTH * Math.cos(i)), // both signs
  };
}

/** q = N(mean + s L shift, (L M) (L M)^T) with M = exp(s growth) on the diagonal and s growth below. */
function pairAlong(
  { mean, factor, shift, growth }: Direction,
  { kind, separation }: Pick<NormalPair, "kind" | "separation">,
): NormalPair {
  const moved = growth.map((row, i) =>
    row.map((x, j) => i === j ? Math.exp(separation * x) : separation * x)
  );
  const wide = factor.map((row) =>
    row.map((_, j) => row.reduce((sum, x, k) => sum + x * moved[k]![j]!, 0))
  );
  const step = factor.map((row) =>
    row.reduce((sum, x, k) => sum + x * shift[k]!, 0)
  );
  const qMean = mean.map((x, i) => x + separation * step[i]!);
  return {
    kind,
    separation,
    q: new FullNormal(qMean, gram(wide)),
    p: new FullNormal(mean, gram(factor)),
  };
}

/** A A^T */
function gram(rows: Matrix): Matrix {
  return rows.map((a) =>
    rows.map((b) => a.reduce((sum, x, k) => sum + x * b[k]!, 0))
  );
}
