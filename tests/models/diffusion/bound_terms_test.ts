import { assertAlmostEquals } from "@std/assert";
import { chainBound, mixingAt } from "../../../models/diffusion/bound_terms.ts";
import { noiseSchedule } from "../../../models/diffusion/noise_schedule.ts";
import {
  leastImageError,
  mixtureEntropy,
  type NormalMixture,
} from "../../../models/diffusion/normal_mixture.ts";
import golden from "../../golden/diffusion/exact.json" with { type: "json" };

const A: NormalMixture = { weights: [1], means: [0.5], deviations: [0.25] };
const B: NormalMixture = {
  weights: [0.3, 0.7],
  means: [-2, 1.5],
  deviations: [0.5, 0.25],
};
const squares = { A: 0.5 ** 2 + 0.25 ** 2, B: 0.3 * 4.25 + 0.7 * 2.3125 };
const variances = { tilde: "smaller", beta: "larger", opt: "best" } as const;

interface Terms {
  readonly prior: number;
  readonly consistency: number;
  readonly reconstruction: number;
  readonly total: number;
}

Deno.test("the terms of the bound are those of a second implementation", () => {
  for (const name of ["A", "B"] as const) {
    const data = { A, B }[name];
    const all: Readonly<Record<string, Terms>> = golden.bounds[name].elbo;
    for (const [label, wanted] of Object.entries(all)) {
      const [kind, steps, variance] = label.split(" ");
      const timesteps = Number(steps!.slice(2));
      if (name === "B" && timesteps > 100) continue; // quadratures at 1,000 places take seconds
      const found = chainBound(
        noiseSchedule(kind as "linear" | "cosine", timesteps, {
          first: 0.1 / timesteps,
          last: Math.min(0.9, 20 / timesteps),
        }),
        (mixing) => leastImageError(data, mixing),
        squares[name],
        variances[variance as keyof typeof variances],
      );
      for (
        const term of [
          "prior",
          "consistency",
          "reconstruction",
          "total",
        ] as const
      ) {
        // nine decimals are known
        assertAlmostEquals(
          found[term],
          wanted[term],
          1.1e-9,
          `${name} ${label}`,
        );
      }
    }
  }
});

Deno.test("the negative bound of a normal law is its entropy plus KL(q(x_T) || p)", () => {
  const { entropy_nats } = golden.bounds.A;
  assertAlmostEquals(mixtureEntropy(A), entropy_nats, 1e-15);
  for (const name of ["linear", "cosine", "scaled-linear"] as const) {
    for (const timesteps of [2, 10, 1000]) {
      const schedule = noiseSchedule(name, timesteps, {
        first: 0.01,
        last: 0.2,
      });
      const { total } = chainBound(
        schedule,
        (mixing) => leastImageError(A, mixing),
        squares.A,
        "best",
      );
      const { signal, spread } = mixingAt(schedule, timesteps - 1);
      const variance = (signal * 0.25) ** 2 + spread ** 2;
      const kl = (variance + (signal * 0.5) ** 2 - 1 - Math.log(variance)) / 2;
      assertAlmostEquals(total, mixtureEntropy(A) + kl, 1e-11); // roundings of 1,000 terms
    }
  }
});

Deno.test("independent normal numbers of different spread: the bound of a 4-D law", () => {
  // any covariance is diagonal in its own axes, in which every step of the chain is the same
  const { cov, elbo, entropy_nats } = golden.bounds.C;
  const eigenvalues = eigenvaluesOf(cov);
  const entropy = eigenvalues.reduce(
    (sum, v) => sum + Math.log(2 * Math.PI * Math.E * v) / 2,
    0,
  );
  assertAlmostEquals(entropy, entropy_nats, 1e-10);
  const schedule = noiseSchedule("cosine", 100);
  const mean = golden.bounds.C.mean.reduce((sum, m) => sum + m * m, 0);
  const total = eigenvalues.reduce((sum, v) => {
    const data = { weights: [1], means: [0], deviations: [Math.sqrt(v)] };
    const error = (mixing: ReturnType<typeof mixingAt>) =>
      leastImageError(data, mixing);
    return sum + chainBound(schedule, error, v, "best").total;
  }, schedule.alphaBars.at(-1)! * mean / 2);
  assertAlmostEquals(total, elbo["cosine T=100 opt"].total, 1.1e-9);
});

/** Of a symmetric matrix, by the QR-free way: powers of Jacobi rotations on 4 x 4 numbers. */
function eigenvaluesOf(matrix: readonly (readonly number[])[]): number[] {
  const a = matrix.map((row) => [...row]);
  for (let sweep = 0; sweep < 20; sweep++) {
    for (let p = 0; p < 4; p++) {
      for (let q = p + 1; q < 4; q++) {
        const angle = Math.atan2(2 * a[p]![q]!, a[p]![p]! - a[q]![q]!) / 2;
        const [c, s] = [Math.cos(angle), Math.sin(angle)];
        for (const row of a) {
          [row[p], row[q]] = [
            c * row[p]! + s * row[q]!,
            c * row[q]! - s * row[p]!,
          ];
        }
        const [first, second] = [a[p]!, a[q]!];
        a[p] = first.map((x, k) => c * x + s * second[k]!);
        a[q] = second.map((x, k) => c * x - s * first[k]!);
      }
    }
  }
  return a.map((row, i) => row[i]!);
}
