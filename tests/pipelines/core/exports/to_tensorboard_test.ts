import { assertEquals } from "@std/assert";
import { readContent } from "../../../../pipelines/core/exports/run_content.ts";
import { toTensorBoard } from "../../../../pipelines/core/exports/to_tensorboard.ts";
import { newRecord } from "../../../../pipelines/core/run/new_record.ts";
import { writeRecord } from "../../../../pipelines/core/run/run_record.ts";
import { nested, readRecords, textAt } from "./read_events.ts";

Deno.test("toTensorBoard() writes what a run left, between its start and its end", async () => {
  const folder = await Deno.makeTempDir();
  writeRecord(folder, {
    ...newRecord({
      task: "vae-k3",
      config: { epochs: 20, hidden: [500] },
      seed: 7,
      device: "cpu",
      threads: 2,
      commandLine: ["deno", "task", "vae-k3"],
    }),
    status: "finished",
    startedAt: "2026-01-31T09:30:00Z",
    endedAt: "2026-01-31T09:30:40Z",
  });
  await Deno.writeTextFile(
    `${folder}/metrics.jsonl`,
    '{"step":10,"epoch":1,"train/elbo":-2}\n{"step":20,"epoch":2,"train/elbo":-1}\n',
  );
  await Deno.writeTextFile(
    `${folder}/summary.json`,
    '{"task":"vae-k3","dataset":"digits","device":"cpu","seed":7,"test/elbo":-1.5}\n',
  );
  await Deno.writeTextFile(`${folder}/report.txt`, "It went well.\n");
  const { name, bytes } = toTensorBoard(await readContent(folder));
  await Deno.remove(folder, { recursive: true });
  assertEquals(name, "events.out.tfevents.1769851800.lowerbound");
  const events = readRecords(bytes).slice(1);
  assertEquals(
    events.map((event) => [
      textAt(nested(event, 5, 1), 1),
      Number(event.get(2)?.[0]),
    ]),
    [
      ["_hparams_/session_start_info", 0],
      ["command", 0],
      ["train/elbo", 10],
      ["train/elbo", 20],
      ["test/elbo", 20],
      ["report", 20],
      ["_hparams_/session_end_info", 20],
    ],
  );
  const times = events.map((event) => {
    const view = new DataView(new ArrayBuffer(8));
    view.setBigUint64(0, event.get(1)?.[0] as bigint, true);
    return view.getFloat64(0, true) - 1769851800;
  });
  assertEquals(times, [0, 0, 20, 40, 40, 40, 40]);
});

Deno.test("readContent() reads a run that has measured nothing yet", async () => {
  const folder = await Deno.makeTempDir();
  writeRecord(
    folder,
    newRecord({
      task: "a",
      config: {},
      seed: 0,
      device: "cpu",
      threads: 1,
      commandLine: [],
    }),
  );
  const { metrics, summary, figures, report } = await readContent(folder);
  await Deno.remove(folder, { recursive: true });
  assertEquals([metrics, summary, figures, report], [[], {}, [], undefined]);
});
