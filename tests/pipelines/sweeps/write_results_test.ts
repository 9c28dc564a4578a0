import { assert, assertEquals } from "@std/assert";
import { toFileUrl } from "@std/path";
import type { Summary } from "../../../pipelines/core/run/summary.ts";
import type { Task } from "../../../pipelines/core/task/task.ts";
import type { CaseResult } from "../../../pipelines/sweeps/sweep_results.ts";
import { writeResults } from "../../../pipelines/sweeps/write_results.ts";
import { tempFolder } from "../core/temp_folder.ts";

/** Writes the results of one case; tells the numbers of the table, which files there are, and what was warned of. */
async function written(
  summary: Summary | undefined,
  { bands = {}, compare = [], report }: {
    readonly bands?: Readonly<Record<string, object>>;
    readonly compare?: readonly string[];
    readonly report?: () => string;
  } = {},
) {
  using folder = tempFolder();
  const expected = `${folder.path}/bands.json`;
  Deno.writeTextFileSync(expected, JSON.stringify(bands));
  const one = { name: "latent=2", settings: { latent: 2 } };
  const result: CaseResult = {
    ...{ index: 0, case: one, record: undefined, summary },
    status: summary ? "finished" : "missing",
  };
  const warnings: string[] = [];
  const table = await writeResults({
    folder: folder.path,
    plan: {
      ...{ schemaVersion: 1, task: "toy", threads: 1, varied: ["latent"] },
      cases: [one],
    },
    cases: [result],
    settings: [{ settings: { latent: 2 }, cases: [result] }],
  }, {
    task: { name: "toy", expected: toFileUrl(expected) } as unknown as Task, // no more is read
    ...{ compare, report, warn: (text) => void warnings.push(text) },
  });
  const files = [...Deno.readDirSync(folder.path)].map(({ name }) => name)
    .sort();
  const text = Deno.readTextFileSync(`${folder.path}/results.txt`);
  assertEquals(text, `${table}\n`);
  const head = table.split("\n").find((line) => line.startsWith("latent"))!;
  const page = files.includes("report.html")
    ? Deno.readTextFileSync(`${folder.path}/report.html`)
    : undefined;
  return { names: head.split(/ +/).slice(2), files, warnings, page };
}

const summary = { a: 1, b: 2, c: 3, d: 4, e: 5 };
const band = { low: 0, high: 9, unit: "nats", measured: "by hand" };

Deno.test("a sweep compares what is asked for, else numbers with a band, else the first four", async () => {
  assertEquals((await written(summary)).names, ["a", "b", "c", "d"]);
  const bands = { e: band, other: band, c: band };
  assertEquals((await written(summary, { bands })).names, ["e", "c"]);
  const asked = await written(summary, { bands, compare: ["b", "none"] });
  assertEquals(asked.names, ["b"]);
  assertEquals(asked.warnings, [
    'Expected a number of the runs but found "none": they have a, b, c, d, e',
  ]);
});

Deno.test("a sweep leaves table, numbers, figure, and a report if there is one", async () => {
  const { files, page } = await written(summary, { report: () => "page" });
  assertEquals(files, [
    ...["bands.json", "figures", "report.html", "results.csv", "results.txt"],
  ]);
  assertEquals(page, "page");
  assert(!(await written(summary)).files.includes("report.html"));
  const failing = await written(summary, {
    report: () => {
      throw new Error("No page");
    },
  });
  assertEquals(failing.warnings, ["Left out the report: No page"]);
});

Deno.test("a sweep of which nothing is finished leaves a table alone, without a warning", async () => {
  const none = await written(undefined, {
    ...{ compare: ["a"], report: () => "page" },
  });
  assertEquals(none.files, ["bands.json", "results.csv", "results.txt"]);
  assertEquals([none.names, none.warnings], [[], []]);
});
