import { assertEquals, assertNotEquals } from "@std/assert";
import { driveFile } from "./drive_file.ts";

const [profile = "", file = "", title = ""] = Deno.args;
await driveFile(profile, file, async (page) => {
  await page.waitForText(title);
  await page.waitFor(`planeImage !== undefined`);
  const decoded = `element("decoded").toDataURL()`;
  const latents = `[...z]`;
  let before = [await page.evaluate(decoded), await page.evaluate(latents)];

  /** Expects that an action changes the latents and the image. */
  const changes = async (act: () => Promise<unknown>) => {
    await act();
    const after = [
      await page.evaluate(decoded),
      await page.evaluate(latents),
    ];
    assertNotEquals(after[0], before[0]);
    assertNotEquals(after[1], before[1]);
    before = after;
  };
  await changes(() => page.click("#zero"));
  assertEquals(await page.evaluate(`z.every((value) => value === 0)`), true);
  await changes(() => page.click("#z0"));
  const moved = await page.evaluate(`z[0]`);
  await page.press("ArrowRight");
  assertEquals(Number(await page.evaluate(`z[0]`)) > Number(moved), true);
  await changes(() => page.click("#map"));
  const [across] = await page.evaluate(`axes()`) as readonly number[];
  const shown = await page.evaluate(`Number(element("z${across}").value)`);
  assertEquals(Number(shown) < -1, true); // clicked at the left
  await changes(() => page.press("ArrowRight"));
  await changes(() => page.click("#nearest"));
  await page.waitForText("Test image ");
  await changes(() => page.click("#plane"));
  await changes(() => page.click("#pen"));
  await page.waitForText("KL of the posterior");
  await page.press("ArrowRight");
  await page.press("ArrowRight");
  await changes(() => page.press(" "));
  await page.click("#clear");
  assertEquals(await page.evaluate(`ink.includes(1)`), false);
});
