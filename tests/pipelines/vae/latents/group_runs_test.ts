import { assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import type { FinishedRun } from "../../../../pipelines/vae/latents/finished_run.ts";
import { groupRuns } from "../../../../pipelines/vae/latents/group_runs.ts";

function run(
  label: string,
  summary: Readonly<Record<string, number>>,
  other: Partial<FinishedRun> = {},
): FinishedRun {
  return {
    label,
    seed: 0,
    dataset: "mnist",
    binarization: "threshold",
    config: {},
    summary,
    history: [],
    ...other,
  };
}

Deno.test("groupRuns() averages what runs of one label have in common", () => {
  const [small, large] = groupRuns([
    run("k = 3", { "test/elbo": -101, "test/kl": 7 }),
    run("k = 20", { "test/elbo": -90 }),
    run("k = 3", { "test/elbo": -103 }),
  ]);
  assertEquals([small!.label, small!.seeds], ["k = 3", 2]);
  assertEquals(Object.keys(small!.numbers), ["test/elbo"]);
  assertEquals(small!.numbers["test/elbo"]!.mean, -102);
  // standard deviation sqrt(2), over sqrt(2) seeds
  assertAlmostEquals(small!.numbers["test/elbo"]!.standardError, 1, 1e-12);
  assertEquals(large!.numbers["test/elbo"], { mean: -90, standardError: NaN });
});

Deno.test("groupRuns() refuses to mix binarizations, and data", () => {
  const first = run("a", {});
  assertThrows(
    () => groupRuns([first, run("b", {}, { binarization: "stochastic" })]),
    RangeError,
    'Expected one binarization in a comparison but found threshold of "a" and stochastic of "b"',
  );
  assertThrows(
    () => groupRuns([first, run("b", {}, { dataset: "digits" })]),
    RangeError,
    'Expected one dataset in a comparison but found mnist of "a" and digits of "b"',
  );
});
