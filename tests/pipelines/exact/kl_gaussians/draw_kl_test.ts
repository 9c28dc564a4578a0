import { assertEquals } from "@std/assert";
import { FullNormal } from "../../../../models/distributions/full_normal.ts";
import { execute } from "../../../../pipelines/core/run/execute.ts";
import { memoryRun } from "../../../../pipelines/core/run/memory_run.ts";
import { drawKl } from "../../../../pipelines/exact/kl_gaussians/draw_kl.ts";
import type {
  KlComparison,
  NormalPair,
} from "../../../../pipelines/exact/kl_gaussians/normal_pairs.ts";
import { pointsOf } from "../../points_of.ts";

const identity = [[1, 0], [0, 1]];
const univariate: NormalPair = {
  ...{ kind: "univariate", separation: 3 },
  ...{ q: new FullNormal([1], [[1]]), p: new FullNormal([0], [[1]]) },
};
const full: NormalPair = {
  ...{ kind: "full", separation: 5 },
  ...{ q: new FullNormal([1, 0], identity) },
  ...{ p: new FullNormal([0, 0], identity) },
};
const compared = (pair: NormalPair): KlComparison => ({
  ...{ pair, closedForm: 4 },
  plain: { mean: 2, standardError: 0.5 },
  controlled: { mean: 5, standardError: 0.25 },
});

Deno.test("drawKl() draws both means with two standard errors, as they are and as parts of the closed form", async () => {
  const store = memoryRun();
  const comparisons = [compared(univariate), compared(full)];
  await execute(drawKl, { comparisons, samples: 1234 }, { seed: 0, store });
  const [plain, controlled] = ["mean log ratio", "with control variate"];
  const values = [3, 5].flatMap((x) => [
    { series: "closed form", part: 0, x, y: 4 }, // below what is estimated
    { series: plain, part: 0, x, y: 2, lower: 1, upper: 3 },
    { series: controlled, part: 0, x, y: 5, lower: 4.5, upper: 5.5 },
  ]);
  assertEquals(pointsOf(store, "kl"), values);
  const ratios = [1, 2].flatMap(() => [
    { series: plain, part: 0, x: 4, y: 0.5, lower: 0.25, upper: 0.75 },
    { series: controlled, part: 0, x: 4, y: 1.25, lower: 1.125, upper: 1.375 },
  ]);
  assertEquals(pointsOf(store, "kl_ratio"), ratios);
  const text = JSON.stringify(store.figures.get("kl")?.spec);
  for (const words of ["1,234 samples of q", "full, 2 dimensions"]) {
    assertEquals(text.includes(words), true, words);
  }
});
