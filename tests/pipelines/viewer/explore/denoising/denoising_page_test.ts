import { assertEquals, assertNotMatch, assertRejects } from "@std/assert";
import { denoisingPage } from "../../../../../pipelines/viewer/explore/denoising/denoising_page.ts";
import { HOSTILE, MARKUP } from "../../viewed.ts";
import { denoised } from "./denoised_toy.ts";

Deno.test("hostile names of classes stay names in the page of denoising", async () => {
  const page = await denoisingPage({
    ...denoised,
    title: HOSTILE,
    about: HOSTILE,
    classes: [HOSTILE, "</template>", "c"],
  });
  assertNotMatch(page, MARKUP);
  assertNotMatch(page, /https?:/);
  assertEquals(page.match(/<script>/g)?.length, 1);
  assertEquals(page.match(/<\/template>/g)?.length, 1);
});

Deno.test("the page of denoising refuses moments whose images are not whole", async () => {
  await assertRejects(
    () => denoisingPage({ ...denoised, each: 3 }),
    RangeError,
    "Expected 54 pixels at moment 0 but found 36",
  );
});
