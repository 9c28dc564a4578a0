import { assertEquals } from "@std/assert";
import type { TrainedKind } from "../../../../pipelines/language/norm_study/norm_study_entries.ts";
import { placeSentences } from "../../../../pipelines/language/norm_study/place_sentences.ts";

const kind = (
  normalization: "pre" | "post",
  layers: number,
  losses: readonly number[],
): TrainedKind => ({
  ...{ kind: `${normalization}norm-${layers}`, normalization, layers },
  runs: losses.map((testLoss) => ({
    ...{ testLoss, gradients: [] },
    training: { snapshots: [], steps: 1, bestStep: 1, history: [] },
  })),
});

Deno.test("placeSentences() compares equal depths and seeds in pairs", () => {
  const trained = [
    kind("pre", 2, [2, 4]),
    kind("pre", 12, [1, 1]),
    kind("post", 6, [9, 9]),
    kind("post", 2, [2.5, 4.75]),
  ];
  assertEquals(placeSentences(trained), [
    "Seed by seed, the test loss of postnorm-2 less that of prenorm-2 is 0.63 ± 0.13 nats per character.",
  ]);
});
