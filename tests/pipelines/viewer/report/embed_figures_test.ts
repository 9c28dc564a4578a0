import {
  assertEquals,
  assertLess,
  assertMatch,
  assertStringIncludes,
} from "@std/assert";
import { loadSkia } from "../../../../pipelines/core/skia.ts";
import { encodeBase64 } from "../../../../pipelines/viewer/base64.ts";
import {
  comparisonPage,
  reportPage,
} from "../../../../pipelines/viewer/report/report_page.ts";
import { viewRun } from "../../../../pipelines/viewer/run_view.ts";
import { tempFolder } from "../../core/temp_folder.ts";
import { makeRun } from "../../core/runs/stored_run.ts";
import { findToy, PIXEL } from "../viewed.ts";

/** A picture that no compression makes small. */
async function noise(width: number, seed: number): Promise<Uint8Array> {
  const { createCanvas } = await loadSkia();
  const canvas = createCanvas(width, width);
  const context = canvas.getContext("2d");
  const image = context.createImageData(width, width);
  let state = seed;
  image.data.forEach((_, i) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    image.data[i] = i % 4 === 3 ? 255 : state >>> 24;
  });
  context.putImageData(image, 0, 0);
  return new Uint8Array(canvas.toBuffer("image/png"));
}

Deno.test("a report with large figures and 400 curves stays below 600 kB", async () => {
  const [a, b] = [await noise(500, 1), await noise(500, 2)];
  const metrics = Array.from({ length: 50 }, (_, step) => ({
    step,
    epoch: step,
    ...Object.fromEntries(
      Array.from(
        { length: 400 },
        (_, i) => [`q${i}/train`, Math.sin(step * i)],
      ),
    ),
  }));
  using folder = tempFolder();
  makeRun(folder.path, {
    metrics,
    files: { "figures/a.png": a, "figures/b.png": b },
  });
  const page = await reportPage(await viewRun(folder.path, findToy));
  assertLess(new TextEncoder().encode(page).length, 600_000);
  assertMatch(page, /data:image\/webp/);
});

Deno.test("a figure that finds no room is named with its file", async () => {
  using folder = tempFolder();
  const names = ["a", "b", "c"];
  for (const name of names) {
    const bytes = new Uint8Array(600_000).fill(137); // no picture at all
    makeRun(`${folder.path}/${name}`, {
      record: { config: { name } },
      files: { "figures/x.png": name === "b" ? PIXEL : bytes },
    });
  }
  const runs = await Promise.all(
    names.map((name) => viewRun(`${folder.path}/${name}`, findToy)),
  );
  const page = await comparisonPage(runs, ({ name }) => `../${name}/`);
  assertStringIncludes(page, 'href="../a/figures/x.png"');
  assertMatch(page, /data:image\/png/);
});

Deno.test("encodeBase64() of any length agrees with btoa", () => {
  for (const length of [0, 1, 2, 3, 0x6000, 0x6001, 60_000]) {
    const bytes = Uint8Array.from({ length }, (_, i) => (i * 7) % 256);
    const text = Array.from(bytes, (one) => String.fromCharCode(one)).join("");
    assertEquals(encodeBase64(bytes), btoa(text));
  }
});
