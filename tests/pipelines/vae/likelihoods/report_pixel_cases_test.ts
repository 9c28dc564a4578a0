import { assertStringIncludes } from "@std/assert";
import type { PixelCase } from "../../../../pipelines/vae/likelihoods/pixel_case.ts";
import { sentenceOf } from "../../../../pipelines/vae/likelihoods/report_pixel_cases.ts";

const one: PixelCase = {
  title: "A model",
  likelihood: "bernoulli",
  pixels: "none",
  elbo: -100,
  reconstruction: -80,
  kl: 20,
  logLikelihood: -95,
  logMass: -700,
  means: new Float32Array(0),
  drawn: new Float32Array(0),
};

Deno.test("sentenceOf() tells by how much grey cross-entropy misses a likelihood", () => {
  const sentence = sentenceOf(one);
  assertStringIncludes(
    sentence,
    "integrates over [0, 1] to exp(-700.0), not 1",
  );
  assertStringIncludes(sentence, "the ELBO of the same decoder is 600.0");
});

Deno.test("sentenceOf() calls a likelihood what is one", () => {
  const binary = sentenceOf({ ...one, pixels: "threshold", logMass: 0 });
  assertStringIncludes(binary, "sums to 1 over binary images");
  const continuous = { ...one, likelihood: "continuous-bernoulli", logMass: 0 };
  assertStringIncludes(
    sentenceOf(continuous as PixelCase), // the name widens in a spread
    "integrates to 1 over [0, 1]",
  );
});
