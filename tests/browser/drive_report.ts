import { assertEquals, assertGreater, assertLess } from "@std/assert";
import { driveFile } from "./drive_file.ts";

const [profile = "", file = "", title = ""] = Deno.args;
await driveFile(profile, file, async (page, { scheme }) => {
  await page.waitForText(title);
  await page.expectNoSideways();
  const light = await page.lightness();
  if (scheme === "light") assertGreater(light, 200);
  else assertLess(light, 60);
  const count = (selector: string) =>
    page.evaluate(`document.querySelectorAll("${selector}").length`);
  assertGreater(Number(await count("polyline")), 0);
  const images = "[...document.images]";
  await page.waitFor(`${images}.length > 0`);
  await page.waitFor(`${images}.every((one) => one.naturalWidth > 0)`);
  assertEquals(await count("details[open]"), 0);
  await page.click("summary");
  await page.waitFor(`document.querySelector("details").open`);
});
