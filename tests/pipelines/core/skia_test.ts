import { assert, assertEquals } from "@std/assert";
import { loadSkia } from "../../../pipelines/core/skia.ts";

Deno.test("loadSkia() knows the shipped font alone, regular and bold", async () => {
  const { GlobalFonts } = await loadSkia();
  const fonts = GlobalFonts.families.map(({ family, styles }) => [
    family,
    styles.map(({ weight }) => weight),
  ]);
  assertEquals(fonts, [["DejaVu Sans", [400, 700]]]);
});

Deno.test("loadSkia() gives one module to all who ask", async () => {
  const [first, second] = await Promise.all([loadSkia(), loadSkia()]);
  assert(first === second);
});
