import { assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import {
  comparisonPage,
  reportPage,
} from "../../../../pipelines/viewer/report/report_page.ts";
import { viewRun } from "../../../../pipelines/viewer/run_view.ts";
import { tempFolder } from "../../core/temp_folder.ts";
import {
  type MadeRun,
  makeLinks,
  makeRun,
} from "../../core/runs/stored_run.ts";
import { findToy, HOSTILE, MARKUP, PIXEL } from "../viewed.ts";
import { textOf } from "./text_of.ts";

/** The report of a made run. */
async function reportOf(made: MadeRun): Promise<string> {
  using folder = tempFolder();
  makeRun(`${folder.path}/run`, made);
  return await reportPage(await viewRun(`${folder.path}/run`, findToy));
}

Deno.test("a report has numbers with errors, units and bands, curves, settings and commands", async () => {
  const page = await reportOf({ files: { "report.txt": "In short: good." } });
  const text = textOf(page);
  for (
    const part of [
      "toy finished",
      "data dots · seed 4 · cpu, 1 thread · began 2026-01-31 09:30 UTC · took 1:00 · at most 256 MiB",
      "test/loss 0.500 ± 0.010 nats per dot in band 0.4 to 0.6",
      "In short: good.",
      "loss by epoch",
      "train 1",
      "validation 1.5",
      "latent 3 2", // this run, default
      "deno task toy --latent 3",
      "deno task rerun ",
      "linux x86_64, 2 cores",
    ]
  ) assertStringIncludes(text, part);
  assertMatch(page, /<polyline/);
});

Deno.test("a report stands alone: no script, and nothing to load", async () => {
  const files = { "figures/a.png": PIXEL, "figures/a.svg": "<svg/>" };
  const page = await reportOf({ files });
  assertMatch(page, /^<!DOCTYPE html>/);
  assertStringIncludes(page, "default-src &#39;none&#39;");
  assertEquals(/<script|javascript:| on\w+=/i.test(page), false);
  const loaded = [...page.matchAll(/(?:src|href)="([^"]*)"/g)];
  assertEquals(
    loaded.map(([, address]) => address),
    [`data:image/svg+xml;base64,${btoa("<svg/>")}`],
  );
  assertEquals(/url\(|@import/.test(page), false);
});

Deno.test("a report warns of failures, built-in data, what is left out and numbers outside their bands", async () => {
  const text = textOf(
    await reportOf({
      summary: { "test/loss": 3 },
      record: {
        status: "failed",
        error: "Expected luck",
        trace: "at line 7",
        git: { commit: "abc", dirty: true },
        facts: {
          dataset: { name: "digits", builtIn: true },
          leftOut: { "toy > draw": "Cannot draw" },
        },
      },
      files: { "metrics.jsonl": '{"step":1,"epoch":1,"a":1}\nbroken\n' },
    }),
  );
  for (
    const part of [
      "Failed: Expected luck",
      "On built-in data (digits)",
      "Left out: Cannot draw",
      "Outside the expected band: test/loss",
      "Made from changed sources",
      "1 lines of metrics.jsonl cannot be read",
      "at line 7",
      "git checkout abc",
    ]
  ) assertStringIncludes(text, part);
});

Deno.test("a report of a run without numbers and measurements says so", async () => {
  const text = textOf(
    await reportOf({
      record: { status: "interrupted" },
      files: { "metrics.jsonl": "", "summary.json": "{" },
    }),
  );
  assertStringIncludes(text, "None yet.");
  assertStringIncludes(text, "Interrupted: these are the numbers so far");
  assertStringIncludes(text, "to be JSON");
});

/** A run that says markup wherever it can. */
const hostile: MadeRun = {
  record: {
    task: HOSTILE,
    config: { [HOSTILE]: HOSTILE, list: [HOSTILE] },
    facts: { [HOSTILE]: { [HOSTILE]: HOSTILE }, leftOut: { a: HOSTILE } },
    versions: { [HOSTILE]: HOSTILE },
    git: { commit: HOSTILE, dirty: false },
    system: { os: HOSTILE, arch: HOSTILE, cores: 1 },
    commandLine: [HOSTILE, "\n# more"],
    status: "failed",
    error: HOSTILE,
    trace: HOSTILE,
  },
  summary: { [HOSTILE]: 1, [`${HOSTILE}StdErr`]: 0.1 },
  metrics: [
    { step: 1, epoch: 1, [HOSTILE]: 1 },
    { step: 2, epoch: 2, [HOSTILE]: 2 },
  ],
  files: {
    "report.txt": HOSTILE,
    [`figures/${HOSTILE.replaceAll("/", "")}.png`]: PIXEL,
  },
};

Deno.test("nothing that a run says becomes markup in a report", async () => {
  using folder = tempFolder();
  const name = `${folder.path}/run <img src=x>`;
  makeRun(name, hostile);
  makeRun(`${folder.path}/b`, hostile);
  const runs = [
    await viewRun(name, findToy),
    await viewRun(`${folder.path}/b`, findToy),
  ];
  const pages = [
    await reportPage(runs[0]!), // of two
    await comparisonPage(runs, ({ name }) => `${name}/`),
  ];
  for (const page of pages) {
    assertEquals(MARKUP.test(page), false);
    assertEquals(
      /<img src=x|<script|<[^>]* on\w+\s*=[^"]*>/.test(
        page.replace(/"[^"]*"/g, '""'),
      ),
      false,
    );
    assertStringIncludes(page, "&lt;script&gt;");
  }
});

Deno.test("a figure that is a link elsewhere is not shown", async () => {
  using folder = tempFolder();
  const run = `${folder.path}/run`;
  makeRun(run, { files: { "figures/own.png": PIXEL } });
  Deno.writeFileSync(`${folder.path}/secret.png`, PIXEL);
  makeLinks([`${folder.path}/secret.png`, `${run}/figures/secret.png`]);
  const page = await reportPage(await viewRun(run, findToy));
  assertEquals(/secret/.test(page), false);
  assertStringIncludes(page, 'alt="own"');
});
