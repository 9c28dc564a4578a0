import { assertEquals } from "@std/assert";
import { keyFrom } from "../../../pipelines/core/random/key.ts";
import { diffusionModel } from "../../../pipelines/diffusion/diffusion_model.ts";
import { compareGuidance } from "../../../pipelines/diffusion/guidance/compare_guidance.ts";
import { smallImages } from "../gan/small_images.ts";
import { inContext } from "../in_context.ts";
import { smallTraining } from "./small_diffusion.ts";

/** Names of classes, and which are compared. */
const cases: readonly (readonly [
  names: readonly string[],
  pairs: readonly (readonly [number, number])[],
])[] = [
  [["A", "B", "C"], [[0, 1]]],
  [[..."ABCDEFGHIJ"], [[0, 1], [2, 3], [4, 5], [6, 7]]],
];

for (const [names, pairs] of cases) {
  Deno.test(`compareGuidance() of ${names.length} letters sets neighbours beside each other, and reads no digits`, async () => {
    const sizes = { ...smallTraining, timesteps: 4 };
    using model = await diffusionModel(sizes, 28, keyFrom(0));
    await inContext(async (context) => {
      const { negativeCases } = await compareGuidance.run({
        ...{ model, sampler: "ddim", steps: 1, samples: 30 } as const,
        ...{ guidances: [], negativeGuidance: 2 },
        grey: { ...smallImages, classes: { title: "letters", names } },
      }, context);
      assertEquals(
        negativeCases.map(({ wanted, avoided, read }) => [
          ...[[wanted, avoided], read],
        ]),
        pairs.map((pair) => [[...pair], undefined]),
      );
    });
  });
}
