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
