import { assertEquals, assertNotEquals } from "@std/assert";
import { driveFile } from "./drive_file.ts";

const [profile = "", file = ""] = Deno.args;
await driveFile(profile, file, async (page) => {
  /** The grey of the first pixel of a canvas, 0 for ink. */
  const grey = (id: string, x = 0, y = 0) =>
    page.evaluate(
      `contextOf("${id}").getImageData(${x}, ${y}, 1, 1).data[0]`,
    );
  await page.waitForText("Asked for a. Step 0 of 3: timestep 30");
  assertEquals(await grey("noisy"), 255);
  assertEquals(await grey("predicted"), 155); // 100 of 255 parts of ink

  await page.evaluate(`element("step").focus()`);
  await page.press("ArrowRight");
  await page.waitForText(
    "Step 1 of 3: timestep 20, signal 0.333, noise 0.667",
  );
  assertEquals(await grey("noisy"), 215);
  assertEquals(await grey("allPredicted", 4, 1), 110); // the second: 100 + 40 + 5

  await page.hover(
    "#allNoisy",
    `[box.width / 2, box.height * 3 / 4]`,
    "click",
  );
  await page.waitForText("Asked for b.");
  assertEquals(await page.evaluate(`image`), 4);
  assertEquals(await grey("noisy"), 195); // 40 + 4 * 5 parts of ink
  await page.press("ArrowRight");
  await page.press("ArrowUp");
  assertEquals(await page.evaluate(`image`), 2);
  await page.press("ArrowUp"); // there is none above
  assertEquals(await page.evaluate(`image`), 2);

  const before = await page.evaluate(`element("noisy").toDataURL()`);
  await page.click("#play");
  await page.waitForText("Step 3 of 3: the end");
  await page.waitFor(`element("play").textContent === "Play"`);
  const after = await page.evaluate(`element("noisy").toDataURL()`);
  assertNotEquals(after, before);
  await page.evaluate(
    `globalThis.seen = []; new MutationObserver(() => seen.push(element("step").value)).observe(element("told"), { childList: true }); 0`,
  );
  await page.click("#play"); // again from the start
  await page.waitFor(`seen.length === 4`);
  assertEquals(await page.evaluate(`seen`), ["0", "1", "2", "3"]);
});
