import { assertEquals, assertGreater, assertLess } from "@std/assert";
import { serveLocally } from "../../pipelines/core/runs/local_server.ts";
import { watchAnswer } from "../../pipelines/viewer/watch/watch_server.ts";
import { startBrowser } from "./browser.ts";
import { openPage } from "./open_page.ts";

const [profile = "", place = "", run = ""] = Deno.args;
const known = () => Promise.resolve({ bands: {}, defaults: { latent: 2 } });

/** Measures once more, as a run does. */
function measure(step: number): void {
  const line = { step, epoch: step / 10, "train/loss": 1 / step };
  const text = `${JSON.stringify(line)}\n`;
  Deno.writeTextFileSync(`${run}/metrics.jsonl`, text, { append: true });
}

await using server = serveLocally(0, watchAnswer(place, known));
await using browser = await startBrowser(profile); // ends first: the server waits for open pages
const page = await openPage(browser, server.url);
await page.waitForText("2 of 2 runs");
await page.type("input", "hostile");
await page.click("button");
await page.waitForText("1 of 2 runs");
await page.click("tbody a", "onerror");
await page.waitForText("hostile"); // markup in its names would speak up now
await page.waitFor(`document.querySelector("#environment table") !== null`);
await page.click("nav a", "All runs");
await page.click("tbody a", "a run");
await page.waitForText("step 2,");
for (let step = 10; step < 14; step++) {
  measure(step);
  await page.waitForText(`step ${step},`);
  if (step === 12) await page.reload();
}
await page.click("summary");
measure(15);
await page.waitForText("step 15,");
const open = `document.querySelectorAll("details[open]").length`;
assertEquals(await page.evaluate(open), 1); // what was unfolded stays so
const lines = `document.querySelectorAll("polyline").length`;
assertGreater(Number(await page.evaluate(lines)), 0);
const record = Deno.readTextFileSync(`${run}/run.json`);
Deno.writeTextFileSync(
  `${run}/run.json`,
  record.replace('"running"', '"finished"'),
);
await page.waitFor(`document.querySelector(".status.finished") !== null`);
await page.waitFor(`document.querySelector("#state").textContent === "live"`);
for (const width of [1040, 400]) {
  await page.look({ width, scheme: "dark" });
  await page.expectNoSideways();
}
assertLess(await page.lightness(), 60);
page.expectClean(server.url);
await page.close(); // before the server: a lost connection is an error of the page
