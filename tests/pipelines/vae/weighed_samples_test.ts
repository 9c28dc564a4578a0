import { assertEquals } from "@std/assert";
import { fold, keyFrom } from "../../../pipelines/core/random/key.ts";
import { normal } from "../../../pipelines/core/random/normal.ts";
import {
  callSizes,
  sampleNoise,
} from "../../../pipelines/vae/weighed_samples.ts";

Deno.test("callSizes() weighs many samples of one image, or several images of few samples", () => {
  assertEquals(callSizes(10_000, 5000), { images: 1, samples: 1000 });
  assertEquals(callSizes(10_000, 1000), { images: 1, samples: 1000 });
  assertEquals(callSizes(10_000, 100), { images: 10, samples: 100 });
  assertEquals(callSizes(3, 100), { images: 3, samples: 100 });
  assertEquals(callSizes(10_000, 1), { images: 1000, samples: 1 });
});

Deno.test("sampleNoise() draws the samples of an image one after another, from its own key", () => {
  const key = keyFrom(4);
  const alone = sampleNoise(key, { images: 1, samples: 4 }, 3);
  const seven = normal(fold(key, 7), 24);
  assertEquals(alone(7, 0), seven.slice(0, 12));
  assertEquals(alone(7, 4), seven.slice(12));

  const two = sampleNoise(key, { images: 2, samples: 4 }, 3)(6, 0);
  for (let sample = 0; sample < 4; sample++) {
    const row = two.slice((2 * sample + 1) * 3, (2 * sample + 2) * 3);
    assertEquals(row, seven.slice(sample * 3, (sample + 1) * 3));
  }
});
