import { createHash } from "node:crypto";
import { assertEquals, assertThrows } from "@std/assert";
import {
  type Mark,
  type MetricsFile,
  openMetricsFile,
} from "../../../../../pipelines/core/run/metrics/metrics_file.ts";
import { LostPlaceError } from "../../../../../pipelines/core/run/disk/place.ts";
import { tempFolder } from "../../temp_folder.ts";

const beginning: Mark = {
  position: 0,
  sha256: "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
};

const record = (step: number, elbo = -step) => ({
  step,
  epoch: step / 4,
  values: { "train/elbo": elbo },
});

/** Leaves three records, of which a checkpoint remembers two, and a torn line. */
function leaveTorn(
  path: string,
): { readonly text: string; readonly keep: Mark } {
  using metrics = openMetricsFile(path, beginning);
  metrics.record(record(1));
  metrics.record(record(2));
  const keep = metrics.mark();
  metrics.record(record(3));
  const text = Deno.readTextFileSync(path);
  Deno.writeTextFileSync(path, '{"step":4,"ep', { append: true });
  return { text, keep };
}

function use(path: string, keep: Mark, body: (file: MetricsFile) => void) {
  using metrics = openMetricsFile(path, keep);
  body(metrics);
}

Deno.test("a record is a line of JSON, on the disk at once", () => {
  using folder = tempFolder();
  const path = `${folder.path}/metrics.jsonl`;
  use(path, beginning, (metrics) => {
    metrics.record({ step: 3, epoch: 0.75, values: { "train/elbo": -131.5 } });
    assertEquals(
      Deno.readTextFileSync(path),
      '{"step":3,"epoch":0.75,"train/elbo":-131.5}\n',
    );
  });
});

Deno.test("record() refuses numbers that are not finite and names that are taken", () => {
  using folder = tempFolder();
  use(`${folder.path}/metrics.jsonl`, beginning, (metrics) => {
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
    assertEquals(metrics.mark(), beginning);
  });
});

Deno.test("a file whose lines come again ends as if never killed", () => {
  using folder = tempFolder();
  const path = `${folder.path}/metrics.jsonl`;
  const { text, keep } = leaveTorn(path);
  use(path, keep, (metrics) => {
    assertEquals(Deno.readTextFileSync(path).length, keep.position);
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
    metrics.goTo(keep.position);
    metrics.record(record(3));
    metrics.finish();
    assertThrows(() => metrics.goTo(keep.position), Error, "to repeat itself");
  });
  assertEquals(Deno.readTextFileSync(path), text);
});

Deno.test("a run that does not repeat itself is refused", () => {
  using folder = tempFolder();
  const path = `${folder.path}/metrics.jsonl`;
  const { keep } = leaveTorn(path);
  const before = Deno.readTextFileSync(path).slice(0, keep.position);
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
    () => openMetricsFile(path, { ...beginning, position: 10 }),
    RangeError,
    "to hold the 10 bytes before its newest checkpoint but found 3",
  );
  assertEquals(Deno.readTextFileSync(path), "{}\n");
});

Deno.test("a file whose kept lines were changed is refused, and left as it is", async (test) => {
  const changes: readonly [string, (text: string) => string][] = [
    ["line ends of Windows", (text) => text.replaceAll("\n", "\r\n")],
    ["a byte order mark", (text) => `\ufeff${text}`],
    ["one bit", (text) => text.replace("-1}", "-3}")],
  ];
  for (const [name, change] of changes) {
    await test.step(name, () => {
      using folder = tempFolder();
      const path = `${folder.path}/metrics.jsonl`;
      const { keep } = leaveTorn(path);
      const changed = change(Deno.readTextFileSync(path));
      Deno.writeTextFileSync(path, changed);
      assertThrows(
        () => openMetricsFile(path, keep),
        RangeError,
        `Expected the first ${keep.position} bytes of ${path} to have SHA-256 ${keep.sha256}, as its newest checkpoint says`,
      );
      assertEquals(Deno.readTextFileSync(path), changed);
    });
  }
});

Deno.test("mark() knows the bytes before it, written or passed over", () => {
  using folder = tempFolder();
  const path = `${folder.path}/metrics.jsonl`;
  const { keep } = leaveTorn(path);
  use(path, keep, (metrics) => {
    assertEquals(metrics.mark(), beginning);
    metrics.record(record(1));
    metrics.goTo(keep.position);
    assertEquals(metrics.mark(), keep);
    metrics.record(record(3));
    assertEquals(
      metrics.mark().sha256,
      createHash("sha256").update(metrics.content()).digest("hex"),
    );
    assertEquals(metrics.content(), Deno.readFileSync(path));
  });
});

Deno.test("expectThere() finds a file that was cut, replaced or removed", async (test) => {
  const faults: readonly [string, (path: string) => void, string][] = [
    ["nothing", () => {}, ""],
    ["cut", (path) => Deno.truncateSync(path, 5), "but found 5 bytes"],
    ["removed", (path) => Deno.removeSync(path), "another file or none"],
    ["replaced", (path) => {
      Deno.copyFileSync(path, `${path}.copy`);
      Deno.renameSync(`${path}.copy`, path);
    }, "another file or none"],
    [
      "written by others",
      (path) => Deno.writeTextFileSync(path, "{}\n", { append: true }),
      "bytes",
    ],
  ];
  for (const [name, fault, message] of faults) {
    await test.step(name, () => {
      using folder = tempFolder();
      const path = `${folder.path}/metrics.jsonl`;
      use(path, beginning, (metrics) => {
        metrics.record(record(1));
        fault(path);
        if (message === "") return metrics.expectThere();
        assertThrows(() => metrics.expectThere(), LostPlaceError, message);
      });
    });
  }
});

Deno.test("one process at a time writes, though the folder's lock is gone", () => {
  using folder = tempFolder();
  const path = `${folder.path}/metrics.jsonl`;
  use(path, beginning, () => {
    assertThrows(
      () => openMetricsFile(path, beginning),
      Error,
      `Expected ${path} to be free but another process writes into it`,
    );
  });
});
