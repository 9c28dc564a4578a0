import { assertEquals, assertStringIncludes } from "@std/assert";
import type { ArchitectureCase } from "../../../../pipelines/vae/conv/image_model.ts";
import {
  architectureSentence,
  paceSentence,
} from "../../../../pipelines/vae/conv/report_architectures.ts";

const one: ArchitectureCase = {
  title: "A model",
  architecture: "conv",
  parameters: 1234,
  epochs: 5,
  objective: -20,
  reconstruction: -19,
  kl: 1,
  elbo: -300,
  logLikelihood: -250,
  samples: new Float32Array(0),
  history: [],
};

Deno.test("architectureSentence() tells bound and likelihood", () => {
  assertEquals(
    architectureSentence(one),
    "A model, 1,234 parameters, 5 epochs: ELBO -300.00, log p(x) -250.00 nats per image.",
  );
});

Deno.test("architectureSentence() sets what skips reach apart from what latents alone are worth", () => {
  const text = architectureSentence({
    ...one,
    architecture: "conv-with-skips",
  });
  assertStringIncludes(text, "reaches -20.00 nats with a KL of 1.00");
  assertStringIncludes(text, "ELBO is -300.00 and its log p(x) -250.00");
});

Deno.test("paceSentence() tells both times and their ratio", () => {
  assertEquals(
    paceSentence({ conv: 0.05, mlp: 0.004 }),
    "A weight update took 50.0 ms with convolutions and 4.0 ms without: 12.5 times as long.",
  );
});
