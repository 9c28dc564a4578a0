import { assertEquals, assertRejects } from "@std/assert";
import { execute } from "../../../../pipelines/core/run/execute.ts";
import { readRecord } from "../../../../pipelines/core/run/run_record.ts";
import type { Summary } from "../../../../pipelines/core/run/summary.ts";
import { type Stage, stage } from "../../../../pipelines/core/stage.ts";
import { tempFolder } from "../temp_folder.ts";

/** A run that measures once, then ends as it is told. */
function ending(how: () => void): Stage<object, { readonly summary: Summary }> {
  return stage("small", {
    needs: [],
    adds: { summary: "one number" },
  }, (_, { metrics }) => {
    metrics.record({ step: 1, epoch: 1, values: { loss: 1 } });
    how();
    return { summary: { "test/loss": 1 } };
  });
}

/** Runs a stage with a report, and gives what was left and what was warned of. */
async function leave(
  out: string,
  how: () => void,
  report: (folder: string) => Promise<string>,
  signal?: AbortSignal,
) {
  const warnings: string[] = [];
  const ignore = () => {};
  const progress = {
    stage: ignore,
    update: ignore,
    note: ignore,
    warn: (text: string) => warnings.push(text),
  };
  const options = { seed: 0, device: "tfjs", out, report, progress } as const;
  const run = execute(
    ending(how),
    {},
    signal ? { ...options, signal } : options,
  );
  await run.catch(() => {});
  const page = await Deno.readTextFile(`${out}/report.html`).catch(() =>
    "none"
  );
  return { run, page, warnings };
}

/** A page that says how its run ended. */
const telling = async (folder: string) =>
  `The run is ${(await readRecord(folder)).status}`;

Deno.test("a run that is finished, fails or is interrupted leaves a page that knows it", async () => {
  using folder = tempFolder();
  const finished = await leave(`${folder.path}/a`, () => {}, telling);
  assertEquals(finished.page, "The run is finished");
  const failed = await leave(`${folder.path}/b`, () => {
    throw new RangeError("Expected luck");
  }, telling);
  assertEquals(failed.page, "The run is failed");
  await assertRejects(() => failed.run, Error, "Expected luck");
  const controller = new AbortController();
  const { signal } = controller;
  const interrupted = await leave(
    `${folder.path}/c`,
    () => {
      controller.abort();
      signal.throwIfAborted();
    },
    telling,
    signal,
  );
  assertEquals(interrupted.page, "The run is interrupted");
});

Deno.test("a page that cannot be made costs the run nothing but a warning", async () => {
  using folder = tempFolder();
  const out = `${folder.path}/a`;
  const { run, page, warnings } = await leave(out, () => {}, () => {
    throw new TypeError("Cannot draw");
  });
  assertEquals(await run, { summary: { "test/loss": 1 } });
  assertEquals(page, "none");
  assertEquals(warnings, ["Cannot write report.html: Cannot draw"]);
  assertEquals((await readRecord(out)).status, "finished");
});

Deno.test("a page that cannot be written costs the run nothing, and leaves no half", async () => {
  using folder = tempFolder();
  const out = `${folder.path}/a`;
  const { run, warnings } = await leave(out, () => {}, (folder) => {
    Deno.mkdirSync(`${folder}/report.html/in-the-way`, { recursive: true });
    return Promise.resolve("page");
  });
  assertEquals(await run, { summary: { "test/loss": 1 } });
  assertEquals(warnings.length, 1);
  const names = [...Deno.readDirSync(out)].map(({ name }) => name);
  assertEquals(names.filter((name) => name.endsWith(".part")), []);
});
