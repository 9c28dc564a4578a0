import {
  assert,
  assertEquals,
  assertLess,
  assertMatch,
  assertStringIncludes,
} from "@std/assert";
import { serveLocally } from "../../../../pipelines/core/runs/local_server.ts";
import { watchAnswer } from "../../../../pipelines/viewer/watch/watch_server.ts";
import { tempFolder } from "../../core/temp_folder.ts";
import { makeLinks, makeRun } from "../../core/runs/stored_run.ts";
import { findToy, HOSTILE, MARKUP, PIXEL } from "../viewed.ts";

/** The parts of a page as they come, each with all markup so far. */
async function* partsOf(
  url: string,
  signal: AbortSignal,
): AsyncGenerator<Readonly<Record<string, string>>> {
  const response = await fetch(url, { signal });
  assertEquals(
    response.headers.get("content-type"),
    "text/event-stream; charset=utf-8",
  );
  assert(response.body);
  const parts: Record<string, string> = {};
  let rest = "";
  for await (const text of response.body.pipeThrough(new TextDecoderStream())) {
    const events = (rest + text).split("\n\n");
    rest = events.pop() ?? "";
    for (const event of events) {
      const [, data] = /^event: part\ndata: (.*)$/s.exec(event) ?? [];
      if (data === undefined) continue;
      const { id, markup } = JSON.parse(data) as Record<string, string>;
      parts[id ?? ""] = markup ?? "";
    }
    yield { ...parts };
  }
}

/** Waits for parts that fit. */
async function waitForParts(
  url: string,
  fits: (parts: Readonly<Record<string, string>>) => boolean,
  meanwhile: () => void = () => {},
): Promise<Readonly<Record<string, string>>> {
  const controller = new AbortController();
  try {
    for await (const parts of partsOf(url, controller.signal)) {
      meanwhile();
      if (fits(parts)) return parts;
    }
  } finally {
    controller.abort();
  }
  throw new Error("The parts ended");
}

Deno.test("the live page of a run follows its measurements, a cut file and its end", async () => {
  using folder = tempFolder();
  const run = `${folder.path}/sweep/a b`;
  makeRun(run, { record: { status: "running" } });
  await using server = serveLocally(0, watchAnswer(folder.path, findToy));
  const url = `${server.url}events?name=${encodeURIComponent("sweep/a b")}`;
  let turn = 0;
  const metrics = `${run}/metrics.jsonl`;
  const seen: string[] = [];
  await waitForParts(url, (parts) => {
    const [, moment = ""] = /(step \d+)/.exec(parts["moment"] ?? "") ?? [];
    if (moment !== seen.at(-1)) seen.push(moment);
    return (parts["head"] ?? "").includes('class="status finished"');
  }, () => {
    turn++;
    const line = (step: number) =>
      `${JSON.stringify({ step, epoch: step, "train/loss": 1 / step })}\n`;
    if (turn === 1) Deno.writeTextFileSync(metrics, line(9), { append: true });
    if (turn === 2) Deno.writeTextFileSync(metrics, line(5));
    if (turn === 3) makeRun(run);
  });
  assertEquals(seen, ["step 2", "step 9", "step 5", "step 2"]);
});

Deno.test("the live pages know runs and figures by name, and no path leads elsewhere", async () => {
  using folder = tempFolder();
  makeRun(`${folder.path}/runs/a`, { files: { "figures/one.png": PIXEL } });
  makeRun(`${folder.path}/outside`, { files: { "figures/one.png": PIXEL } });
  Deno.writeFileSync(`${folder.path}/secret.png`, PIXEL);
  makeLinks(
    [`${folder.path}/outside`, `${folder.path}/runs/link`],
    [`${folder.path}/secret.png`, `${folder.path}/runs/a/figures/two.png`],
  );
  await using server = serveLocally(
    0,
    watchAnswer(`${folder.path}/runs`, findToy),
  );
  const statusOf = async (path: string) => {
    const response = await fetch(`${server.url}${path}`);
    await response.body?.cancel();
    return response.status;
  };
  for (
    const path of [
      "",
      "run?name=a",
      "style.css",
      "live.js",
      "figure?name=a&figure=one",
    ]
  ) {
    assertEquals(await statusOf(path), 200, path);
  }
  for (
    const path of [
      "run",
      "run?name=",
      "run?name=../outside",
      "run?name=..%2Foutside",
      "run?name=a/../../outside",
      "run?name=a%00",
      "run?name=link",
      "events?name=../outside",
      "figure?name=../outside&figure=one",
      "figure?name=a&figure=../../../outside/figures/one",
      "figure?name=a&figure=two",
      "figure?name=a",
      "a/run.json",
      "..%2Fsecret.png",
      "%2e%2e/secret.png",
    ]
  ) assertEquals(await statusOf(path), 404, path);
});

Deno.test("the live pages load nothing but their own script and style", async () => {
  using folder = tempFolder();
  makeRun(`${folder.path}/a`);
  await using server = serveLocally(0, watchAnswer(folder.path, findToy));
  for (const path of ["", "run?name=a"]) {
    const response = await fetch(`${server.url}${path}`);
    assertMatch(
      response.headers.get("content-security-policy") ?? "",
      /default-src 'none'; script-src 'self';/,
    );
    const page = await response.text();
    const loaded = [...page.matchAll(/(?:src|href)="([^"]*)"/g)]
      .map(([, address]) => address).filter((address) => address !== "/");
    assertEquals(loaded, ["data:,", "/style.css", "/live.js"]);
  }
});

Deno.test("nothing that a run, a folder or an address says becomes markup in the live pages", async () => {
  using folder = tempFolder();
  const name = HOSTILE.replaceAll("/", "");
  makeRun(`${folder.path}/${name}`, {
    record: {
      task: HOSTILE,
      config: { [HOSTILE]: HOSTILE },
      error: HOSTILE,
      status: "failed",
    },
    summary: { [`test/${HOSTILE}`]: 1 },
    metrics: [{ step: 1, epoch: 1, [HOSTILE]: 1 }],
    files: { [`figures/${name}.png`]: PIXEL },
  });
  await using server = serveLocally(0, watchAnswer(folder.path, findToy));
  const address = encodeURIComponent(name);
  const query = encodeURIComponent(HOSTILE);
  const pages = await Promise.all(
    [`?query=${query}&sort=${query}`, `run?name=${address}`]
      .map(async (path) => await (await fetch(`${server.url}${path}`)).text()),
  );
  const list = await waitForParts(
    `${server.url}events?query=`,
    (parts) => "list" in parts,
  );
  const run = await waitForParts(
    `${server.url}events?name=${address}`,
    (parts) => "environment" in parts,
  );
  for (
    const markup of [...pages, ...Object.values(list), ...Object.values(run)]
  ) {
    assertEquals(MARKUP.test(markup), false, markup);
  }
  assertStringIncludes(list["list"] ?? "", "&lt;script&gt;");
  const figure = await fetch(
    `${server.url}figure?name=${address}&figure=${address}`,
  );
  assertEquals(figure.headers.get("content-type"), "image/png");
  await figure.body?.cancel();
});

Deno.test("the list shows a hundred of a thousand runs, and all when asked", async () => {
  using folder = tempFolder();
  makeRun(`${folder.path}/run-0`);
  const record = Deno.readTextFileSync(`${folder.path}/run-0/run.json`);
  for (let i = 1; i < 1000; i++) {
    Deno.mkdirSync(`${folder.path}/run-${i}`);
    Deno.writeTextFileSync(
      `${folder.path}/run-${i}/run.json`,
      record.replace('"seed":4', `"seed":${i}`),
    );
  }
  await using server = serveLocally(0, watchAnswer(folder.path, findToy));
  const rowsOf = async (address: string) => {
    const { list = "" } = await waitForParts(
      `${server.url}events?${address}`,
      (parts) => "list" in parts,
    );
    const [, count] = /(\d+) of 1000 runs/.exec(list) ?? [];
    return [Number(count), list.match(/<a href="\/run\?/g)?.length ?? 0];
  };
  assertEquals(await rowsOf("query="), [1000, 100]);
  assertEquals(await rowsOf("query=&all=1"), [1000, 1000]);
  assertEquals(await rowsOf("query=seed%3D77"), [1, 1]);
});

Deno.test("measurements of 1 GB are shown while they are read, in less than half the memory", async () => {
  using folder = tempFolder();
  makeRun(`${folder.path}/a`, { record: { status: "running" } });
  const path = `${folder.path}/a/metrics.jsonl`;
  { // lines so long that most of the time is the disk's
    const values = Array.from({ length: 300 }, (_, i) => [`q${i}`, i / 7]);
    const line = JSON.stringify({
      step: 3,
      epoch: 3,
      ...Object.fromEntries(values),
    });
    const block = new TextEncoder().encode(`${line}\n`.repeat(1000));
    using file = Deno.openSync(path, { append: true });
    for (let size = 0; size < 2 ** 30; size += block.length) {
      file.writeSync(block);
    }
  }
  const server = serveLocally(0, watchAnswer(folder.path, findToy));
  const url = `${server.url}events?name=a`;
  const memory = () => { // of this file: others grow in the same process
    const { heapTotal, external } = Deno.memoryUsage();
    return heapTotal + external;
  };
  const before = memory();
  const { moment = "" } = await waitForParts(
    url,
    ({ moment = "" }) => /reading [1-9]\d\d MiB/.test(moment),
  );
  assertMatch(moment, /reading \d+ MiB of 1\.0 GiB of metrics/);
  const list = await fetch(`${server.url}style.css`); // others are answered meanwhile
  assertEquals(list.status, 200);
  await list.body?.cancel();
  assertLess(memory() - before, 2 ** 29);
  await server[Symbol.asyncDispose]();
});
