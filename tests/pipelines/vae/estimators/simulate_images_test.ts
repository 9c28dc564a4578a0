import { assertAlmostEquals, assertEquals } from "@std/assert";
import { fold, keyFrom } from "../../../../pipelines/core/random/key.ts";
import { normal } from "../../../../pipelines/core/random/normal.ts";
import { simulateImages } from "../../../../pipelines/vae/estimators/simulate_images.ts";
import { inContext } from "../../in_context.ts";
import { toyVae } from "../toy_vae.ts";

const COUNT = 2000;
const like = {
  ...{ pixels: new Uint8Array(), labels: new Uint8Array(), count: COUNT },
  ...{ rows: 2, columns: 2 },
};

Deno.test("simulateImages() draws latents from the prior, and each pixel with the decoder's probability", async () => {
  // sure, three quarters, half, and a pixel that is 1 where the first latent is positive
  using vae = toyVae({
    "decoder/hidden/weight": [1e4, 0],
    "decoder/logits/weight": [0, 0, 0, 1e4],
    "decoder/logits/bias": [1e4, Math.log(3), 0, 0],
  });
  await inContext(async (context) => {
    const key = keyFrom(5);
    const options = { latent: 2, key };
    const { split, latents } = await simulateImages(
      vae,
      like,
      options,
      context,
    );
    assertEquals([split.count, split.rows, split.columns], [COUNT, 2, 2]);
    assertEquals(split.labels.length, COUNT);
    assertEquals(latents, normal(fold(key, "latents"), 2 * COUNT));
    const share = (pixel: number) =>
      split.pixels.filter((_, i) => i % 4 === pixel)
        .reduce((sum, value) => sum + value, 0) / COUNT;
    assertEquals(share(0), 1);
    assertAlmostEquals(share(1), 0.75, 4 * Math.sqrt(0.75 * 0.25 / COUNT));
    assertAlmostEquals(share(2), 0.5, 4 * Math.sqrt(0.25 / COUNT));
    for (let i = 0; i < COUNT; i++) {
      assertEquals(split.pixels[4 * i + 3], latents[2 * i]! > 0 ? 1 : 0);
    }
  });
});
