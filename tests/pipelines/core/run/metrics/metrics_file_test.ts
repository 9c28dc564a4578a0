import { assertEquals, assertThrows } from "@std/assert";
import {
  type MetricsFile,
  openMetricsFile,
} from "../../../../../pipelines/core/run/metrics/metrics_file.ts";
import { tempFolder } from "../../temp_folder.ts";

const record = (step: number, elbo = -step) => ({
  step,
  epoch: step / 4,
  values: { "train/elbo": elbo },
});

/** Leaves three records, of which a checkpoint remembers two, and a torn line. */
function leaveTorn(
  path: string,
): { readonly text: string; readonly keep: number } {
  using metrics = openMetricsFile(path, 0);
  metrics.record(record(1));
  metrics.record(record(2));
  const keep = metrics.position();
  metrics.record(record(3));
  const text = Deno.readTextFileSync(path);
  Deno.writeTextFileSync(path, '{"step":4,"ep', { append: true });
  return { text, keep };
}

function use(path: string, keep: number, body: (file: MetricsFile) => void) {
  using metrics = openMetricsFile(path, keep);
  body(metrics);
}

Deno.test("a record is a line of JSON, on the disk at once", () => {
  using folder = tempFolder();
  const path = `${folder.path}/metrics.jsonl`;
  use(path, 0, (metrics) => {
    metrics.record({ step: 3, epoch: 0.75, values: { "train/elbo": -131.5 } });
    assertEquals(
      Deno.readTextFileSync(path),
      '{"step":3,"epoch":0.75,"train/elbo":-131.5}\n',
    );
  });
});

Deno.test("record() refuses numbers that are not finite and names that are taken", () => {
  using folder = tempFolder();
  use(`${folder.path}/metrics.jsonl`, 0, (metrics) => {
    assertThrows(
      () => metrics.record(record(7, NaN)),
      RangeError,
      "Expected a finite train/elbo but found NaN at step 7",
    );
    assertThrows(
      () => metrics.record({ step: 1, epoch: 1, values: { epoch: 2 } }),
      TypeError,
      'Expected a measurement not to be called "epoch"',
    );
    assertEquals(metrics.position(), 0);
  });
});

Deno.test("a file whose lines come again ends as if never killed", () => {
  using folder = tempFolder();
  const path = `${folder.path}/metrics.jsonl`;
  const { text, keep } = leaveTorn(path);
  use(path, keep, (metrics) => {
    assertEquals(Deno.readTextFileSync(path).length, keep);
    for (const step of [1, 2, 3]) metrics.record(record(step));
    metrics.finish();
  });
  assertEquals(Deno.readTextFileSync(path), text);
});

Deno.test("goTo() goes on behind the lines of a restored stage", () => {
  using folder = tempFolder();
  const path = `${folder.path}/metrics.jsonl`;
  const { text, keep } = leaveTorn(path);
  use(path, keep, (metrics) => {
    metrics.record(record(1));
    metrics.goTo(keep);
    metrics.record(record(3));
    metrics.finish();
    assertThrows(() => metrics.goTo(keep), Error, "to repeat itself");
  });
  assertEquals(Deno.readTextFileSync(path), text);
});

Deno.test("a run that does not repeat itself is refused", () => {
  using folder = tempFolder();
  const path = `${folder.path}/metrics.jsonl`;
  const { keep } = leaveTorn(path);
  const before = Deno.readTextFileSync(path).slice(0, keep);
  use(path, keep, (metrics) => {
    metrics.record(record(1));
    assertThrows(
      () => metrics.record(record(2, -2.5)),
      Error,
      `Expected the run to repeat itself in ${path}: {"step":2,"epoch":0.5,"train/elbo":-2}, but found {"step":2,"epoch":0.5,"train/elbo":-2.5}`,
    );
    assertThrows(() => metrics.finish(), Error, "to repeat itself");
  });
  assertEquals(Deno.readTextFileSync(path), before);
});

Deno.test("a line that only begins like the earlier one is refused", () => {
  using folder = tempFolder();
  const path = `${folder.path}/metrics.jsonl`;
  const { keep } = leaveTorn(path);
  use(path, keep, (metrics) => {
    const longer = {
      ...record(1),
      values: { "train/elbo": -1, "train/kl": 1 },
    };
    assertThrows(() => metrics.record(longer), Error, "to repeat itself");
  });
});

Deno.test("a file shorter than its newest checkpoint says is refused", () => {
  using folder = tempFolder();
  const path = `${folder.path}/metrics.jsonl`;
  Deno.writeTextFileSync(path, "{}\n");
  assertThrows(
    () => openMetricsFile(path, 10),
    RangeError,
    "to hold the 10 bytes before its newest checkpoint but found 3",
  );
  assertEquals(Deno.readTextFileSync(path), "{}\n");
});
