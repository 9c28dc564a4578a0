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

/** The report of a made run. */
async function reportOf(made: MadeRun): Promise<string> {
  using folder = tempFolder();
  makeRun(`${folder.path}/run`, made);
  return await reportPage(await viewRun(`${folder.path}/run`, findToy));
}

/** The text of a page, without markup. */
function textOf(page: string): string {
  return page.replace(/<style>.*?<\/style>/s, "").replace(/<[^>]*>/g, " ")
    .replace(/\s+/g, " ");
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

Deno.test("a comparison shows what differs first, numbers side by side, curves over one another", async () => {
  using folder = tempFolder();
  for (const latent of [2, 3]) {
    makeRun(`${folder.path}/${latent}`, {
      record: { config: { data: "dots", latent } },
      summary: { "test/loss": latent / 10, "test/lossStdErr": 0.01 },
    });
  }
  const runs = await Promise.all(
    [2, 3].map((one) => viewRun(`${folder.path}/${one}`, findToy)),
  );
  const page = await comparisonPage(runs, ({ name }) => `${name}/`);
  const text = textOf(page);
  assertStringIncludes(text, "2 runs: toy");
  assertStringIncludes(text, "latent 2 3 5 settings the same in all runs");
  assertStringIncludes(
    text,
    "test/loss 0.200 ± 0.010 0.300 ± 0.010 nats per dot",
  );
  const [panel = ""] = page.match(/<figure class="panel">.*?<\/figure>/s) ?? [];
  assertEquals(panel.match(/<polyline/g)?.length, 4);
});

/** Runs of a comparison, by what they left. */
const warned: Readonly<Record<string, readonly MadeRun[]>> = {
  "alike": [
    { record: { facts: { dataset: { name: "digits", builtIn: true } } } },
    { record: { facts: { dataset: { name: "digits", builtIn: true } } } },
  ],
  "three": [
    { record: { git: { commit: "abc", dirty: true } } },
    { record: { git: { commit: "abc", dirty: false } } },
    { record: { git: { commit: "abd", dirty: true } } },
  ],
  "one failed": [
    { record: { status: "failed", error: "Expected luck" } },
    {},
  ],
  "twice in a run": [
    { record: { facts: { leftOut: { a: "no room", b: "no room" } } } },
    { record: { facts: { leftOut: { a: "no room" } } } },
  ],
};

/** The warnings of their comparison. */
const joined: Readonly<Record<keyof typeof warned, readonly string[]>> = {
  "alike": [
    "Both runs: On built-in data (digits), not on the data set that the task is named after",
  ],
  "three": [
    "0 2: Made from changed sources: the commit alone does not repeat it",
  ],
  "one failed": ["0: Failed: Expected luck"],
  "twice in a run": ["Both runs: Left out: no room"],
};

for (const [what, made] of Object.entries(warned)) {
  Deno.test(`a comparison says each warning once, with its runs: ${what}`, async () => {
    using folder = tempFolder();
    const runs = await Promise.all(made.map((one, i) => {
      makeRun(`${folder.path}/${i}`, one);
      return viewRun(`${folder.path}/${i}`, findToy);
    }));
    const page = await comparisonPage(runs, ({ name }) => `${name}/`);
    const lines = [...page.matchAll(/<p class="warn">(.*?)<\/p>/gs)]
      .map(([, line]) => textOf(line ?? "").replace(/ +:/, ":").trim());
    assertEquals(lines, joined[what]);
  });
}

Deno.test("a comparison shows forty numbers, and the others when asked to", async () => {
  for (const [count, others] of [[40, 0], [42, 2]] as const) {
    using folder = tempFolder();
    const numbers = Array.from({ length: count }, (_, i) => [`n/${i}`, i / 8]);
    for (const latent of [2, 3]) {
      makeRun(`${folder.path}/${latent}`, {
        record: { config: { data: "dots", latent } },
        summary: Object.fromEntries(numbers),
      });
    }
    const runs = await Promise.all(
      [2, 3].map((one) => viewRun(`${folder.path}/${one}`, findToy)),
    );
    const page = await comparisonPage(runs, ({ name }) => `${name}/`);
    const found = /(\d+) more numbers/.exec(textOf(page))?.[1] ?? 0;
    assertEquals(Number(found), others);
  }
});
