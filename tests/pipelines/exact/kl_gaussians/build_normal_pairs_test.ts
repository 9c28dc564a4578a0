import { assertAlmostEquals, assertEquals } from "@std/assert";
import { buildNormalPairs } from "../../../../pipelines/exact/kl_gaussians/build_normal_pairs.ts";
import { execute } from "../../../../pipelines/core/run/execute.ts";

async function pairsAt(separations: readonly number[]) {
  const config = { dimensions: 3, separations };
  return (await execute(buildNormalPairs, config, { seed: 4 })).pairs;
}

Deno.test("buildNormalPairs() makes each kind at each separation, alike in p", async () => {
  const pairs = await pairsAt([0.5, 2]);
  const labels = pairs.map(({ kind, separation }) => `${kind} ${separation}`);
  assertEquals(labels, [
    ...["univariate 0.5", "univariate 2", "diagonal 0.5", "diagonal 2"],
    ...["full 0.5", "full 2"],
  ]);
  assertEquals(pairs[4]!.p.covariance, pairs[5]!.p.covariance);
  const offDiagonal = pairs.map(({ q }) => q.covariance[0]![1] ?? 0);
  assertEquals(offDiagonal.map((x) => x !== 0), [
    ...[false, false, false, false],
    ...[true, true],
  ]);
});

Deno.test("buildNormalPairs() makes equal pairs at separation zero", async () => {
  for (const { q, p } of await pairsAt([0])) {
    assertEquals(q.mean, p.mean);
    assertAlmostEquals(q.kl(p), 0, 1e-14); // a few roundings of numbers near one
  }
});
