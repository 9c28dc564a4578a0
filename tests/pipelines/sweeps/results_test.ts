import { assertEquals } from "@std/assert";
import type { CaseStatus } from "../../../pipelines/sweeps/case_state.ts";
import { resultsCsv } from "../../../pipelines/sweeps/results_csv.ts";
import { resultsTable } from "../../../pipelines/sweeps/results_table.ts";
import { logPath } from "../../../pipelines/sweeps/case_program.ts";
import type { SweepPlan } from "../../../pipelines/sweeps/sweep_plan.ts";
import type {
  CaseResult,
  SweepResults,
} from "../../../pipelines/sweeps/sweep_results.ts";

function result(
  latent: number,
  seed: number,
  status: CaseStatus,
  summary?: Readonly<Record<string, number>>,
): CaseResult {
  const name = `latent=${latent}_seed=${seed}`;
  return {
    index: 0,
    case: { name, settings: { latent, seed } },
    status,
    record: undefined,
    summary,
  };
}

function results(cases: readonly CaseResult[]): SweepResults {
  const plan: SweepPlan = {
    schemaVersion: 1,
    task: "vae-k3",
    threads: 1,
    varied: ["latent", "seed"],
    cases: cases.map((one) => one.case),
  };
  const groups = Map.groupBy(cases, (one) => one.case.settings["latent"]!);
  const settings = [...groups].map(([latent, cases]) => ({
    settings: { latent },
    cases,
  }));
  return { folder: "runs/dims", plan, cases, settings };
}

const all = results([
  result(2, 0, "finished", { elbo: -10, kl: 3.25 }),
  result(2, 1, "finished", { elbo: -12, kl: 3.75 }),
  result(50, 0, "finished", { elbo: -8 }),
  result(50, 1, "missing"),
]);

Deno.test("resultsTable() has the mean over seeds with its standard error, the unit, and what is missing", () => {
  // -10 and -12: deviations ±1, standard deviation √2, over √2: 1
  const compared = [
    { name: "elbo", unit: "nats per image" },
    { name: "kl", unit: "" },
  ];
  assertEquals(
    resultsTable(all, compared),
    `vae-k3, 4 cases: 3 finished, 1 missing

latent     runs             elbo            kl
                  nats per image
     2        2      -11.0 ± 1.0   3.50 ± 0.25
    50   1 of 2               -8             -

Means ± standard errors over the seeds of a setting

latent=50_seed=1 is missing`,
  );
});

Deno.test("resultsTable() breaks a wide table into several, each with the settings", () => {
  const names = ["a", "b", "c", "d"].map((name) => name.repeat(30));
  const wide = results([
    result(2, 0, "finished", Object.fromEntries(names.map((n) => [n, 1.5]))),
  ]);
  const table = resultsTable(
    wide,
    names.map((name) => ({ name, unit: "" })),
  );
  assertEquals(table.split("\n").filter((line) => line.startsWith("latent")), [
    `latent   runs   ${names[0]}   ${names[1]}`,
    `latent   runs   ${names[2]}   ${names[3]}`,
  ]);
});

Deno.test("resultsTable() is at most 100 characters wide, settings included", () => {
  // 9 and 7 characters for latent and runs with their gaps, and a gap after each number
  const blocks = (last: number) => {
    const names = ["a".repeat(39), "b".repeat(last)];
    const wide = results([
      result(2, 0, "finished", Object.fromEntries(names.map((n) => [n, 1.5]))),
    ]);
    const compared = names.map((name) => ({ name, unit: "" }));
    const lines = resultsTable(wide, compared).split("\n");
    return lines.filter((line) => line.startsWith("latent")).length;
  };
  assertEquals([blocks(39), blocks(40)], [1, 2]);
});

Deno.test("resultsTable() says why a case failed and where its log is; without seeds nothing of means", () => {
  const failed = {
    ...result(3, 0, "failed"),
    index: 1,
    record: { error: "Expected more" } as CaseResult["record"], // no more is read
  };
  const all = results([
    result(2, 0, "finished", { loss: 1234.56789 }),
    failed,
    result(4, 0, "running"),
  ]);
  const plan = { ...all.plan, varied: ["latent"] };
  const table = resultsTable({ ...all, plan }, [{ name: "loss", unit: "" }]);
  const log = logPath("runs/dims", failed.case);
  assertEquals(
    table,
    `vae-k3, 3 cases: 1 finished, 1 failed, 1 running

latent     runs      loss
     2        1   1234.57
     3   0 of 1         -
     4   0 of 1         -

latent=3_seed=0 is failed: Expected more; see ${log}
latent=4_seed=0 is running`,
  );
});

Deno.test("resultsCsv() has a line for each case, with all digits", () => {
  const third = 1 / 3;
  const csv = resultsCsv(results([
    result(2, 0, "finished", { elbo: third }),
    result(3, 0, "failed"),
  ]));
  assertEquals(
    csv,
    `case,latent,seed,status,seconds,elbo
latent=2_seed=0,2,0,finished,,${third}
latent=3_seed=0,3,0,failed,,
`,
  );
});

Deno.test("resultsCsv() quotes what has a comma or a quotation mark", () => {
  const one = result(2, 0, "finished", { 'a "b", c': 1 });
  const csv = resultsCsv(results([one]));
  assertEquals(
    csv.split("\n")[0],
    'case,latent,seed,status,seconds,"a ""b"", c"',
  );
});
