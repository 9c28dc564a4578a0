import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import { convVaeSpecs } from "../../../models/conv_vae.ts";
import type { Activation } from "../../../models/layers/activation.ts";
import { doubleSpecs, halveSpecs } from "../../../models/layers/convolution.ts";
import {
  type LayerInitialization,
  layerInitializations,
  layerInitials,
} from "../../../models/layers/layer_initials.ts";
import { linearSpecs } from "../../../models/layers/linear.ts";
import type {
  Initial,
  ParameterSpec,
} from "../../../models/parameters/parameters.ts";
import { listParameters } from "../../../models/parameters/parameters.ts";
import { twoLayerVaeSpecs } from "../../../models/two_layer_vae.ts";
import { vaeSpecs } from "../../../models/vae.ts";
import { keyFrom } from "../../../pipelines/core/random/key.ts";
import { sampleParameter } from "../../../pipelines/training/sample_parameter.ts";

const INPUTS = 3;
const OUTPUTS = 500;

/** Weight and bias of a layer from 3 numbers to 500: kind, and standard deviation times sqrt(3). */
const byHand: Readonly<
  Record<
    LayerInitialization,
    Readonly<Record<"tanh" | "relu", readonly [string, number, number]>>
  >
> = {
  "by-activation": {
    tanh: ["uniform", 0.75 ** 0.5, 0.75 ** 0.5], // variance 1 / 4
    relu: ["uniform", 1.5 ** 0.5, 1.5 ** 0.5], // variance 2 / 4
  },
  "fan-in": both("uniform", 3 ** -0.5, 3 ** -0.5),
  "lecun-uniform": both("uniform", 1, 0),
  "lecun-normal": both("normal", 1, 0),
  "he-uniform": both("uniform", 2 ** 0.5, 0),
  "he-normal": both("normal", 2 ** 0.5, 0),
  "glorot-uniform": both("uniform", (6 / 503) ** 0.5, 0),
  "glorot-normal": both("normal", (6 / 503) ** 0.5, 0),
};

function both(kind: string, weight: number, bias: number) {
  return {
    tanh: [kind, weight, bias] as const,
    relu: [kind, weight, bias] as const,
  };
}

function deviation(initial: Initial): number {
  switch (initial.kind) {
    case "constant":
      return 0;
    case "normal":
      return initial.standardDeviation;
    case "uniform":
      return initial.limit / Math.sqrt(3);
  }
}

Deno.test("layerInitials() gives each name the distributions that its source asks for", () => {
  for (const name of layerInitializations) {
    for (const next of ["tanh", "relu"] as const) {
      const { weight, bias } = layerInitials(name, next);
      const [kind, weightScale, biasScale] = byHand[name][next];
      const unit = 3 ** -0.5; // 1 / sqrt(inputs)
      assertEquals(weight(INPUTS, OUTPUTS).kind, kind, name);
      assertAlmostEquals(
        deviation(weight(INPUTS, OUTPUTS)),
        weightScale * unit,
        1e-15,
      );
      assertAlmostEquals(
        deviation(bias(INPUTS, OUTPUTS)),
        biasScale * unit,
        1e-15,
      );
    }
  }
});

Deno.test("by-activation counts the bias as an input of LeCun's scale before tanh and outputs, of He's before rectifiers", () => {
  const limits = (["tanh", "none", "relu", "softplus", "gelu"] as const).map(
    (next: Activation | "none") =>
      layerInitials("by-activation", next).weight(11, 7),
  );
  const lecun = { kind: "uniform", limit: 0.5 } as const; // sqrt(3 / 12)
  const he = { kind: "uniform", limit: Math.sqrt(0.5) } as const; // sqrt(6 / 12)
  assertEquals(limits, [lecun, lecun, he, he, he]);
});

Deno.test("fan-in draws weights and biases within 1 / sqrt(inputs), as PyTorch's Linear(3, 500)", () => {
  const { weight, bias } = layerInitials("fan-in", "tanh");
  const within = { kind: "uniform", limit: 1 / Math.sqrt(3) } as const;
  assertEquals([weight(3, 500), bias(3, 500)], [within, within]);
});

Deno.test("by-activation keeps the mean square from layer to layer, from 2 numbers as from 200", () => {
  const draw = sampleParameter(keyFrom(8));
  for (const inputs of [2, 200]) {
    const count = 20_000;
    const { weight, bias } = linearSpecs(
      inputs,
      count,
      ...initialPair("tanh"),
    );
    const w = draw({ name: "weight", ...weight });
    const b = draw({ name: "bias", ...bias! }); // it has one
    const x = draw({
      name: "x",
      shape: [inputs],
      initial: { kind: "constant", value: 1 },
    });
    let sum = 0;
    for (let j = 0; j < count; j++) {
      let y = b[j]!;
      for (let i = 0; i < inputs; i++) y += x[i]! * w[i * count + j]!;
      sum += y * y;
    }
    // of 20,000 squares of nearly normal numbers: a standard error of at most sqrt(2 / 20,000) = 0.01
    assertAlmostEquals(sum / count, 1, 0.05, `${inputs}`);
  }
});

Deno.test("what is drawn has the bounds and the variance that were declared", () => {
  const draw = sampleParameter(keyFrom(7));
  for (const name of layerInitializations) {
    const initial = layerInitials(name, "relu").weight(3, 20_000);
    const values = draw({ name: "weight", shape: [3, 20_000], initial });
    const expected = deviation(initial) ** 2;
    const variance = values.reduce((sum, x) => sum + x * x, 0) / values.length;
    // the variance of 60,000 squares is 2 sigma^4 at most: a standard error of 0.0058 sigma^2
    assertAlmostEquals(variance / expected, 1, 5 * 0.0058, name);
    if (initial.kind !== "uniform") continue;
    const largest = values.reduce((max, x) => Math.max(max, Math.abs(x)), 0);
    assert(largest <= Math.fround(initial.limit), name);
    assert(largest > 0.999 * initial.limit, name); // missed by all with probability e^-60
  }
});

function initialPair(next: Activation) {
  const { weight, bias } = layerInitials("by-activation", next);
  return [weight, bias] as const;
}

const limitOf = (spec: ParameterSpec): number =>
  spec.initial.kind === "uniform" ? spec.initial.limit : 0;

Deno.test("a filter counts what one output sums: 16 numbers of each input to halve, 4 to double", () => {
  const initials = layerInitials("fan-in", "relu");
  const halving = halveSpecs(2, 5, initials);
  assertAlmostEquals(limitOf(halving.filter), 1 / Math.sqrt(32), 1e-15);
  assertAlmostEquals(limitOf(halving.bias), 1 / Math.sqrt(32), 1e-15);
  const doubling = doubleSpecs(5, 2, initials);
  assertAlmostEquals(limitOf(doubling.filter), 1 / Math.sqrt(20), 1e-15);
  assertAlmostEquals(limitOf(doubling.bias), 1 / Math.sqrt(20), 1e-15);
});

Deno.test("by default filters begin by what goes in and what comes out: each input goes into 4 numbers of each output, or 16", () => {
  const halving = halveSpecs(2, 5);
  assertAlmostEquals(limitOf(halving.filter), Math.sqrt(6 / 52), 1e-15); // 16 * 2 + 4 * 5
  const doubling = doubleSpecs(3, 2);
  assertAlmostEquals(limitOf(doubling.filter), Math.sqrt(6 / 44), 1e-15); // 4 * 3 + 16 * 2
});

Deno.test("every layer of a VAE begins by its own inputs and by what follows it", () => {
  const specs = vaeSpecs({
    pixels: 48,
    hidden: [12, 27],
    latent: 3,
    activation: { encoder: "relu", decoder: "tanh" },
  });
  const limits = Object.fromEntries(
    listParameters(specs).map((spec) => [spec.name, limitOf(spec)]),
  );
  const expected = {
    "encoder/hidden": 6 / 49,
    "encoder/deeper/0": 6 / 13,
    "encoder/mean": 3 / 28,
    "encoder/logVariance": 3 / 28,
    "decoder/hidden": 3 / 4,
    "decoder/deeper/0": 3 / 28,
    "decoder/logits": 3 / 13,
  };
  for (const [layer, squared] of Object.entries(expected)) {
    assertAlmostEquals(limits[`${layer}/weight`]! ** 2, squared, 1e-15, layer);
    assertAlmostEquals(limits[`${layer}/bias`]! ** 2, squared, 1e-15, layer);
  }
  assertEquals(Object.keys(limits).length, 14);
});

Deno.test("every family takes the initial weights by name", () => {
  const initialization = "glorot-normal";
  const specs = {
    vae: vaeSpecs({ latent: 2, initialization }),
    conv: convVaeSpecs({ latent: 2, initialization }),
    layered: twoLayerVaeSpecs({
      pixels: 6,
      hidden: 5,
      first: 4,
      topHidden: 3,
      second: 2,
      initialization,
    }),
  };
  for (const { name, initial } of listParameters(specs)) {
    assertEquals(initial.kind, name.endsWith("bias") ? "constant" : "normal");
  }
});
