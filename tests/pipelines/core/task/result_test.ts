import { assertEquals, assertRejects } from "@std/assert";
import {
  type Bands,
  bandsFor,
  readBands,
} from "../../../../pipelines/core/task/expected_bands.ts";
import {
  chooseRows,
  resultRows,
} from "../../../../pipelines/core/task/result/result_rows.ts";
import { unitOf } from "../../../../pipelines/core/task/result/units.ts";
import {
  resultTable,
  type TableLayout,
} from "../../../../pipelines/core/task/result_table.ts";
import type { Summary } from "../../../../pipelines/core/run/summary.ts";
import { tempFolder } from "../temp_folder.ts";

const band = {
  low: -132,
  high: -128,
  unit: "nats",
  measured: "5 seeds",
  when: { dataset: "mnist", epochs: 20 },
};
const bands: Bands = { "test/elbo": band };

const byRun = { "test/elbo": [band] };
const settings = { dataset: "mnist", epochs: 20 };

function tableOf(summary: Summary, layout: TableLayout = {}, run = settings) {
  const rows = resultRows(summary, { bands: byRun, settings: run });
  return resultTable(rows, layout).split("\n");
}

Deno.test("resultTable() joins each number with its error, its unit and its band", () => {
  const numbers = {
    steps: 7800,
    "test/elbo": -130.912345,
    "test/elboStdErr": 0.52049,
    "test/klStdErr": 0.01,
    "test/kl": 8.65545,
  };
  assertEquals(tableOf(numbers), [
    "steps         7800          weight updates  no band",
    "",
    "test/elbo  -130.91 ± 0.52   nats            in band -132 to -128",
    "test/kl      8.655 ± 0.010  nats per image  no band",
  ]);
  const [, , elbo] = tableOf(numbers, {}, { ...settings, epochs: 1 });
  assertEquals(elbo?.endsWith("  no band for these settings"), true, elbo);
});

Deno.test("resultTable() tells whether a number is where it is expected", () => {
  const noteOf = (elbo: number) => tableOf({ "test/elbo": elbo })[0];
  assertEquals(noteOf(-128), "test/elbo  -128  nats  in band -132 to -128");
  assertEquals(
    noteOf(-127.5),
    "test/elbo  -127.5  nats  OUTSIDE the band -132 to -128",
  );
  const paint = (text: string, verdict: string) => `<${verdict}>${text}`;
  assertEquals(
    tableOf({ "test/elbo": -127 }, { paint }),
    ["test/elbo  -127  nats  <outside>OUTSIDE the band -132 to -128"],
  );
});

Deno.test("resultTable() keeps within the width", () => {
  const numbers = {
    "test/elbo": -130.91,
    "samples/frechetDistance": 4.25,
    steps: 3,
  };
  assertEquals(tableOf(numbers, { width: 45 }), [
    "test/elbo                -130.91  nats",
    "    in band -132 to -128",
    "samples/frechetDistance     4.25",
    "    squared units of the features  no band",
    "steps                          3",
    "    weight updates  no band",
  ]);
});

Deno.test("resultTable() sets groups of several numbers apart, and no single ones", () => {
  const names = ["a/x", "b/x", "c/x", "c/y", "d/x", "d/y"];
  const lines = tableOf(Object.fromEntries(names.map((name) => [name, 1])));
  assertEquals(
    lines.map((line) => line.slice(0, 3)),
    ["a/x", "b/x", "", "c/x", "c/y", "", "d/x", "d/y"],
  );
});

Deno.test("resultTable() writes as many digits as an error or a narrow band needs", () => {
  const row = (value: number, error: number) =>
    tableOf({ a: value, aStdErr: error })[0];
  assertEquals(row(1234.567, 56.7), "a  1235 ± 57  (pure number)  no band");
  assertEquals(row(0.5, 0), "a  0.5 ± 0  (pure number)  no band");
  assertEquals(
    row(4.95e-6, 2.7749e-7),
    "a  0.00000495 ± 2.8e-7  (pure number)  no band",
  );
  const narrow = { ...band, low: 2.1447299, high: 2.1447301 };
  const rows = resultRows({ a: 2.14473 }, { bands: { a: [narrow] }, settings });
  assertEquals(
    resultTable(rows),
    "a  2.14473  nats  in band 2.1447299 to 2.1447301",
  );
});

Deno.test("chooseRows() takes the numbers that a task says matter", () => {
  const numbers = { "a/loss": 1, "b/loss": 2, "b/x/loss": 3, steps: 4 };
  const rows = resultRows(numbers, { bands: {}, settings });
  const names = (highlights?: readonly string[]) =>
    chooseRows(rows, highlights).map(({ name }) => name);
  assertEquals(names(["steps", "*/loss"]), ["steps", "a/loss", "b/loss"]);
  assertEquals(names(["other"]).length, 4);
  assertEquals(names().length, 4);
});

Deno.test("unitOf() goes by the last word that it knows, the task's own first", () => {
  assertEquals(unitOf("k3/elboStdErr"), "nats per image");
  assertEquals(unitOf("prenorm/largestStableRate/cold"), "learning rate");
  assertEquals(unitOf("toString"), "(pure number)");
  const own = { loss: "nats per target token", "test/loss": "of the test" };
  assertEquals(unitOf("a/loss", own), "nats per target token");
  assertEquals(unitOf("a/test/loss", own), "of the test");
});

Deno.test("bandsFor() takes the bands of equal runs only", () => {
  const settings = { dataset: "mnist", epochs: 20, seed: 3 };
  const all = { "test/elbo": [{ ...band, when: { epochs: 5 } }, band] };
  assertEquals(bandsFor(all, settings), bands);
  assertEquals(bandsFor(all, { ...settings, epochs: 1 }), {});
  assertEquals(bandsFor(all, { epochs: 20 }), {});
});

Deno.test("readBands() checks the file, which may be missing", async () => {
  using folder = tempFolder();
  const file = new URL(`file://${folder.path}/vae-k3.json`);
  assertEquals(await readBands(file), {});
  const write = (value: unknown) =>
    Deno.writeTextFile(file, JSON.stringify({ "test/elbo": value }));
  await write(band);
  assertEquals(await readBands(file), { "test/elbo": [band] });
  await write([band, { ...band, when: { epochs: 5 } }]);
  assertEquals((await readBands(file))["test/elbo"]?.length, 2);
  await write({ ...band, low: -1 });
  await assertRejects(
    () => readBands(file),
    SyntaxError,
    "Expected low to be at most high",
  );
  await write({ ...band, hihg: 0 });
  await assertRejects(() => readBands(file), SyntaxError, "hihg");
  await write({ ...band, high: "high" });
  await assertRejects(() => readBands(file), SyntaxError, "test/elbo.0.high");
});

Deno.test("readBands() reads nothing over the network", async () => {
  assertEquals(await readBands(new URL("https://localhost/a.json")), {});
});
