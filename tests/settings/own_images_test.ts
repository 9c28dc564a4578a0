import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { execute } from "../../pipelines/core/run/execute.ts";
import {
  type MemoryRun,
  memoryRun,
} from "../../pipelines/core/run/memory_run.ts";
import { complete } from "../../pipelines/core/task/flags.ts";
import { tempFolder } from "../pipelines/core/temp_folder.ts";
import { shapes, writeShapes } from "../pipelines/images/shapes_csv.ts";
import { allTasks } from "./all_tasks.ts";

/** Tasks about images, and what makes their small runs smaller still. */
const tasks: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  "gan": { epochs: 1, generatorHidden: [8], discriminatorHidden: [8] },
  "gan-modes": {
    ...{ remedies: ["plain"], ringSeeds: 1, turns: 50, measureEvery: 50 },
    ...{ epochs: 1, generatorHidden: [8], discriminatorHidden: [8] },
  },
  "dcgan": {
    ...{ timeRatio: 1, epochs: 1, channels: 4 },
    ...{ generatorHidden: [8], discriminatorHidden: [8] },
  },
  "flow-mnist": { updates: 4, hidden: 4, pixelCouplings: 2 },
  "diffusion-mnist": { updates: 4, validateEvery: 2, steps: 2, boundImages: 4 },
  "diffusion-guidance": { updates: 4, guidances: [0, 2], steps: 2 },
};

/** What may be said of MNIST, whose digits the network knows that looks at samples. */
const ALLOWED =
  /MNIST's (digits|test images)|a classifier of MNIST|\d+ digits, of 10|taken for \d+ digits/g;

/** Everything that a run says in words: its report, and what stands in its figures. */
function wordsOf(
  { files, figures, facts }: MemoryRun,
): readonly string[] {
  const report = String(files.get("report.txt") ?? "").replace(/\s+/g, " ");
  const drawn = [...figures.values()].flatMap(({ spec }) => textsIn(spec));
  return [report, ...drawn, JSON.stringify(facts["samples"] ?? {})];
}

/** Texts in a specification, but for pictures and addresses. */
function textsIn(value: unknown): readonly string[] {
  if (typeof value === "string") {
    return /^(data|https?):/.test(value) ? [] : [value];
  }
  return typeof value === "object" && value !== null
    ? Object.values(value).flatMap(textsIn)
    : [];
}

for (const [name, own] of Object.entries(tasks)) {
  Deno.test(`${name} on a user's own images speaks of images and classes, not of digits`, async () => {
    using folder = tempFolder();
    const data = `${folder.path}/shapes.csv`;
    await writeShapes(data, 120);
    const { pipeline, flags } = allTasks.find((one) => one.name === name)!; // one of them
    const config = { ...complete(flags, {}, "smoke"), ...own, data };
    const store = memoryRun();
    const { summary } = await execute(pipeline, config as never, { // checked by the stages
      ...{ seed: 0, device: "cpu", threads: 1, store },
    });
    const words = wordsOf(store);
    const said = words.map((text) =>
      text.replace(ALLOWED, "").replace(name, "")
    );
    assertEquals(said.filter((text) => /digit|mnist/i.test(text)), []);
    for (const [number, value] of Object.entries(summary)) {
      assert(number.endsWith("StdErr") || Number.isFinite(value), number); // a game alone has no error
    }
    assertEquals(
      Object.keys(summary).filter((name) => /accuracy|wanted/.test(name)),
      [],
    );
    if (!name.startsWith("diffusion")) return;
    for (const shape of shapes.slice(0, 2)) {
      assertStringIncludes(words.join("\n"), shape);
    }
  });
}
