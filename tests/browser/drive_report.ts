import { assertEquals, assertGreater, assertLess } from "@std/assert";
import { startBrowser } from "./browser.ts";
import { openPage } from "./open_page.ts";

const [profile = "", file = "", title = ""] = Deno.args;
const address = `file://${file.split("/").map(encodeURIComponent).join("/")}`;
await using browser = await startBrowser(profile);
for (const width of [1040, 400]) {
  for (const scheme of ["light", "dark"] as const) {
    const page = await openPage(browser, address, { width, scheme });
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
    page.expectClean(address);
    await page.close();
  }
}
