import * as tf from "@tensorflow/tfjs";
import { type Case, type Operand, testCases } from "../agreement.ts";

const SHAPES = [[2, 3], [], [1, 1, 1], [0, 2]];

function unaryCases(
  fn: (x: tf.Tensor) => tf.Tensor,
  range: Omit<Operand, "shape"> = {},
  gradients: Case["gradients"] = "with",
): readonly Case[] {
  return SHAPES.map((shape) => ({
    name: `[${shape}]`,
    inputs: [{ shape, ...range }],
    fn: (x) => fn(x!),
    gradients,
  }));
}

const POSITIVE = { from: 0.2, to: 3 } as const;
const INSIDE = { from: -0.9, to: 0.9 } as const;

testCases("Abs", unaryCases(tf.abs));
/** W3C, WebGPU Shading Language, "Concrete Floating Point Accuracy": acos(x), asin(x). */
const WEBGPU_ARC_ERROR = 6.77e-5;

function arcCases(fn: (x: tf.Tensor) => tf.Tensor): readonly Case[] {
  return unaryCases(fn, INSIDE).map((each) => ({
    ...each,
    webgpuError: WEBGPU_ARC_ERROR,
  }));
}

testCases("Acos", arcCases(tf.acos));
testCases("Acosh", unaryCases(tf.acosh, { from: 1.1, to: 3 }));
testCases("Asin", arcCases(tf.asin));
testCases("Asinh", unaryCases(tf.asinh));
testCases("Atan", unaryCases(tf.atan));
testCases("Atanh", unaryCases(tf.atanh, INSIDE));
testCases("Ceil", unaryCases(tf.ceil));
testCases("Cos", unaryCases(tf.cos));
testCases("Cosh", unaryCases(tf.cosh));
testCases("Erf", unaryCases(tf.erf));
testCases("Exp", unaryCases(tf.exp));
testCases("Expm1", unaryCases(tf.expm1));
testCases("Floor", unaryCases(tf.floor));
testCases("Log", unaryCases(tf.log, POSITIVE));
testCases("Log1p", unaryCases(tf.log1p, { from: -0.9, to: 3 }));
testCases("Neg", unaryCases(tf.neg));
testCases("Reciprocal", unaryCases(tf.reciprocal, POSITIVE));
testCases("Round", unaryCases(tf.round));
testCases("Round, half to even", [
  {
    name: "halves",
    inputs: [{ shape: [6], data: [0.5, 1.5, 2.5, -0.5, -1.5, 2] }],
    fn: (x) => tf.round(x!),
  },
]);
testCases("Rsqrt", unaryCases(tf.rsqrt, POSITIVE));
testCases("Sign", unaryCases(tf.sign));
testCases("Sin", unaryCases(tf.sin));
testCases("Sinh", unaryCases(tf.sinh));
testCases("Sqrt", unaryCases(tf.sqrt, POSITIVE));
testCases("Square", unaryCases(tf.square));
testCases("Tan", unaryCases(tf.tan, INSIDE));
testCases("Relu", unaryCases(tf.relu));
testCases("Relu6", unaryCases(tf.relu6, { from: -4, to: 9 }));
testCases("Sigmoid", unaryCases(tf.sigmoid));
testCases("Tanh", unaryCases(tf.tanh));
testCases("Elu", unaryCases(tf.elu));
testCases("Selu", unaryCases(tf.selu));
testCases("LeakyRelu", unaryCases((x) => tf.leakyRelu(x, 0.1)));
testCases("Softplus", unaryCases(tf.softplus));
testCases("LogSigmoid", unaryCases(tf.logSigmoid));
testCases("ClipByValue", unaryCases((x) => tf.clipByValue(x, -1, 0.5)));
testCases("Step", unaryCases((x) => tf.step(x, -0.3)));
testCases("IsNan", unaryCases((x) => tf.isNaN(x.sub(1).sqrt()), {}, "without"));
testCases(
  "IsFinite",
  unaryCases((x) => tf.isFinite(x.div(x.floor())), {}, "without"),
);
testCases(
  "IsInf",
  unaryCases((x) => tf.isInf(x.div(x.floor())), {}, "without"),
);
testCases(
  "Cast to int32",
  unaryCases((x) => x.mul(3).cast("int32"), {}, "without"),
);
testCases("Cast to bool", [
  {
    name: "zeros and NaN",
    inputs: [{ shape: [4], data: [0, -0, 0.5, NaN] }],
    fn: (x) => x!.cast("bool"),
    gradients: "without",
  },
]);
testCases("Prelu", [
  {
    name: "a slope per channel",
    inputs: [{ shape: [2, 3] }, { shape: [3] }],
    fn: (x, a) => tf.prelu(x!, a!),
    terms: 2,
  },
]);
testCases("Abs, Relu and Elu at 0", [
  {
    name: "zeros",
    inputs: [{ shape: [3], data: [0, 0, 0] }],
    fn: (x) => x!.abs().add(x!.relu()).add(x!.elu()),
  },
]);
