import { assertEquals, assertRejects } from "@std/assert";
import {
  type Bands,
  bandsFor,
  readBands,
} from "../../../../pipelines/core/task/expected_bands.ts";
import { resultTable } from "../../../../pipelines/core/task/result_table.ts";
import { tempFolder } from "../temp_folder.ts";

const band = {
  low: -132,
  high: -128,
  unit: "nats",
  measured: "5 seeds",
  when: { dataset: "mnist", epochs: 20 },
};
const bands: Bands = { "test/elbo": band };

Deno.test("resultTable() tells whether a number is where it is expected", () => {
  const table = (elbo: number) =>
    resultTable({ "test/elbo": elbo, epochs: 20 }, bands).split("\n");
  assertEquals(table(-130.912345), [
    "test/elbo  -130.912  nats, as expected: -132 to -128",
    "epochs           20",
  ]);
  assertEquals(
    table(-128)[0],
    "test/elbo  -128  nats, as expected: -132 to -128",
  );
  assertEquals(
    table(-127.5)[0],
    "test/elbo  -127.5  nats, OUTSIDE the expected -132 to -128",
  );
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
