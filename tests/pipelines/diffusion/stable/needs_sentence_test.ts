import { assertStringIncludes } from "@std/assert";
import { needsSentence } from "../../../../pipelines/diffusion/stable/needs_sentence.ts";
import {
  stableDiffusion15,
  stableNeeds,
} from "../../../../pipelines/diffusion/stable/stable_sizes.ts";

Deno.test("needsSentence() writes large models in millions and GiB, small ones as they are", () => {
  const needs = stableNeeds(stableDiffusion15);
  const large = needsSentence(needs, 25, 1e11);
  assertStringIncludes(
    large,
    "123.1 M parameters for text, 859.5 M in the U-Net and 83.7 M in the autoencoder: at least 5.97 GiB of memory",
  );
  assertStringIncludes(large, "803 thousand million multiplications");
  const small = {
    ...needs,
    text: { ...needs.text, parameters: 49_184 },
    bytes: 4_302_320,
  };
  assertStringIncludes(
    needsSentence(small, 25, 1e11),
    "The model has 49,184 parameters for text, 859.5 M in the U-Net and 83.7 M in the autoencoder: at least 4.1 MiB of memory",
  );
});
