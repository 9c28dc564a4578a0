import { assertEquals, assertNotEquals } from "@std/assert";
import { driveFile } from "./drive_file.ts";

const [profile = "", file = ""] = Deno.args;
await driveFile(profile, file, async (page) => {
  const told = () => page.evaluate(`element("told").textContent`);
  const drawn = () => page.evaluate(`element("map").toDataURL()`);
  const choose = async (id: string, value: string) => {
    const before = await drawn();
    await page.evaluate(
      `(() => { const one = element("${id}"); one.value = "${value}"; one.dispatchEvent(new Event("change")); })()`,
    );
    assertNotEquals(await drawn(), before);
  };
  const at = "looks at source word";
  await page.waitForText(`Predicting word 1 “a” ${at} 1 “ein”: 0.00`);
  assertEquals(await page.evaluate(`element("text").options.length`), 2);
  await choose("text", "1");
  await page.waitForText("b cat sat");
  await choose("layer", "1"); // layer 1, head 0, row 0, column 0: the 3 * 3 * 3rd weight
  assertEquals(await told(), `Predicting word 1 “b” ${at} 1 “ein”: 0.11`); // 27 / 255
  await choose("head", "2");
  assertEquals(await told(), `Predicting word 1 “b” ${at} 1 “ein”: 0.18`); // 45 / 255
  await choose("head", "mean");
  assertEquals(await told(), `Predicting word 1 “b” ${at} 1 “ein”: 0.14`); // 36 / 255
  await choose("kind", "1");
  await page.waitForText(`${at} 1 “b”`);
  assertEquals(await page.evaluate(`element("head").value`), "mean"); // kept

  await page.evaluate(`element("map").focus()`);
  await page.press("ArrowDown");
  await page.press("ArrowRight");
  await page.press("ArrowRight");
  await page.waitForText(`Predicting word 2 “cat” ${at} 3 “sat”`);
  await page.press("ArrowRight"); // there is no fourth
  assertEquals(await page.evaluate(`chosen.column`), 2);
  const looked = await page.evaluate(`element("looked").innerText`);
  assertEquals(looked, "b cat sat ");
  await page.hover("#map", `[grid.left + 5, grid.top + 2.5 * grid.cell]`);
  await page.waitForText(`Predicting word 3 “sat” ${at} 1 “b”`);
});
