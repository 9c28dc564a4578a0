import { assertEquals, assertGreater, assertLess } from "@std/assert";
import type { MetricRecord } from "../../../../pipelines/core/context.ts";
import { followMetrics } from "../../../../pipelines/core/runs/follow_metrics.ts";
import { scanMetrics } from "../../../../pipelines/core/runs/scan_metrics.ts";
import { tempFolder } from "../temp_folder.ts";

const line = (step: number) =>
  `{"step":${step},"epoch":${step / 2},"train/loss":${1 / step}}\n`;

/** Scans a text as `metrics.jsonl`. */
async function scanned(text: string, from = 0) {
  using folder = tempFolder();
  Deno.writeTextFileSync(`${folder.path}/metrics.jsonl`, text);
  const records: MetricRecord[] = [];
  const scan = await scanMetrics(folder.path, (one) => records.push(one), {
    from,
  });
  return { records, steps: records.map(({ step }) => step), ...scan };
}

Deno.test("scanMetrics() reads records in order, and leaves a torn line for later", async () => {
  const text = line(1) + line(2);
  const { records, position, unreadable } = await scanned(`${text}{"step":3,`);
  assertEquals(records, [
    { step: 1, epoch: 0.5, values: { "train/loss": 1 } },
    { step: 2, epoch: 1, values: { "train/loss": 0.5 } },
  ]);
  assertEquals([position, unreadable], [text.length, 0]);
});

Deno.test("scanMetrics() goes on where an earlier scan ended", async () => {
  const first = line(1).length;
  const { steps, position } = await scanned(line(1) + line(2), first);
  assertEquals([steps, position], [[2], first + line(2).length]);
  assertEquals((await scanned(line(1), 1000)).position, 0);
});

Deno.test("scanMetrics() counts lines that are no records", async () => {
  const wrong = [
    "",
    "{",
    "[1]",
    "null",
    '{"step":1.5,"epoch":0}',
    '{"step":-1,"epoch":0}',
    '{"step":1,"epoch":-1}',
    '{"step":1}',
    '{"step":1,"epoch":1,"a":"x"}',
    '{"step":1,"epoch":1,"a":null}',
  ];
  const text = wrong.map((one) => `${one}\n`).join("") + line(7);
  const { steps, unreadable } = await scanned(text);
  assertEquals([steps, unreadable], [[7], wrong.length]);
});

Deno.test("scanMetrics() reads records that lie across its pieces of 1 MiB", async () => {
  const count = 60_000;
  const text = Array.from({ length: count }, (_, i) => line(i + 1)).join("");
  assertGreater(text.length, 2 * 2 ** 20);
  const { steps, unreadable, position } = await scanned(text);
  assertEquals([steps.length, unreadable], [count, 0]);
  assertEquals(steps.every((step, i) => step === i + 1), true);
  assertEquals(position, text.length);
});

Deno.test("scanMetrics() passes over a line longer than any record, however long", async () => {
  const text = `${line(1)}${"x".repeat(5 * 2 ** 20)}\n${line(2)}`;
  const { steps, unreadable } = await scanned(text);
  assertEquals([steps, unreadable], [[1, 2], 1]);
});

Deno.test("scanMetrics() of a folder without measurements reads nothing", async () => {
  using folder = tempFolder();
  assertEquals(await scanMetrics(folder.path, () => {}), {
    position: 0,
    unreadable: 0,
  });
});

Deno.test("scanMetrics() reads 60 MB in a quarter of that", async () => {
  using folder = tempFolder();
  const path = `${folder.path}/metrics.jsonl`;
  const block = new TextEncoder().encode(line(12345).repeat(100_000));
  const times = Math.ceil(60_000_000 / block.length);
  using file = Deno.openSync(path, { write: true, create: true });
  for (let i = 0; i < times; i++) file.writeSync(block);
  let count = 0;
  const before = Deno.memoryUsage().external;
  let most = 0;
  await scanMetrics(folder.path, () => count++, {
    onPiece: () => {
      most = Math.max(most, Deno.memoryUsage().external);
    },
  });
  assertEquals(count, times * 100_000);
  assertLess(most - before, 15_000_000);
});

Deno.test("followMetrics() gives what is new, and everything again where the file was cut or replaced", async () => {
  using folder = tempFolder();
  const path = `${folder.path}/metrics.jsonl`;
  let steps: number[] = [];
  let resets = 0;
  const follow = followMetrics(folder.path, {
    onRecord: ({ step }) => steps.push(step),
    onReset: () => {
      steps = [];
      resets++;
    },
  });
  await follow.read(); // nothing is there yet
  Deno.writeTextFileSync(path, line(1) + line(2));
  await follow.read();
  Deno.writeTextFileSync(path, line(3), { append: true });
  await follow.read();
  assertEquals([steps, resets], [[1, 2, 3], 0]);
  Deno.writeTextFileSync(path, line(1)); // cut
  await follow.read();
  assertEquals([steps, resets], [[1], 1]);
  Deno.writeTextFileSync(path, [4, 5, 6, 7].map(line).join("")); // replaced, and longer
  await follow.read();
  assertEquals([steps, resets], [[4, 5, 6, 7], 2]);
  Deno.writeTextFileSync(path, "x\n", { append: true });
  await follow.read();
  assertEquals(follow.unreadable(), 1);
});
