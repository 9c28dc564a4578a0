import { assertEquals, assertStringIncludes } from "@std/assert";
import type { InitialKind } from "../../../../pipelines/language/norm_study/norm_study_entries.ts";
import {
  claimSentences,
  exponentSentences,
} from "../../../../pipelines/language/norm_study/untrained_sentences.ts";

/** A model whose gradients grow by `growth` from each layer to the next, of length 1 at the last. */
function grown(
  normalization: "pre" | "post",
  layers: number,
  growth: number,
): InitialKind {
  const values = Array.from(
    { length: layers + 1 },
    (_, layer) => growth ** (layer - layers),
  );
  const draw = { rms: values, activation: values, weights: values };
  return {
    normalization,
    layers,
    stacks: [{ stack: "", layers, draws: [draw] }],
  };
}

Deno.test("claimSentences() judges claims by the deepest models", () => {
  const untrained = [
    grown("pre", 2, 1),
    grown("pre", 8, 0.8),
    grown("post", 2, 1),
    grown("post", 8, 2),
  ];
  const text = claimSentences(untrained).join(" ");
  assertStringIncludes(
    text,
    '"post-norm gradients grow with the layer" holds in the causal stack of 8 layers',
  );
  assertStringIncludes(
    text,
    '"pre-norm gradients are flat" does not hold in the causal stack of 8 layers (‖∂L/∂x‖ falls',
  );
  // All norms end at 1, whatever the depth.
  assertStringIncludes(
    exponentSentences(untrained).join(" "),
    "pre-norm 0 in the causal stack, where 0.00 is expected (one draw: the error is not known);",
  );
});

Deno.test("exponentSentences() fits no power of a single depth", () => {
  const untrained = [grown("pre", 4, 1), grown("post", 4, 1)];
  assertEquals(exponentSentences(untrained), []);
});

Deno.test("exponentSentences() judges a power and what is expected of it draw by draw", () => {
  const powers = [[-0.3, 0.25], [-0.7, 0.67]] as const; // of the weights and of the vectors, in each draw
  const untrained = (["pre", "post"] as const).flatMap((normalization) =>
    [2, 8].map((layers): InitialKind => ({
      normalization,
      layers,
      stacks: [{
        stack: "",
        layers,
        draws: powers.map(([weights, rms]) => ({
          ...{ weights: [1, layers ** weights], rms: [1, layers ** rms] },
          activation: [1, 1],
        })),
      }],
    }))
  );
  // -0.05 and -0.03 off, though the powers of the two draws are 0.4 apart
  assertStringIncludes(
    exponentSentences(untrained).join(" "),
    "pre-norm -0.50 ± 0.20 in the causal stack, where -0.46 is expected (it is -0.04 off)",
  );
});
