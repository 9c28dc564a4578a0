/**
 * Activations, their gradients, and the activations inside fused kernels.
 * @module
 */
import type * as tf from "@tensorflow/tfjs";
import { CompileError } from "../compile_error.ts";
import { add, multiply } from "../graph/arithmetic.ts";
import { binary, cast, unary, where } from "../graph/elementwise.ts";
import type { Graph } from "../graph/graph.ts";
import { expand } from "../graph/layout.ts";
import { broadcastShapes } from "../graph/shape.ts";
import type { Value } from "../graph/value.ts";
import { type Rule, rule, type Rules } from "./rule.ts";

export const activationRules: Rules = {
  Relu: rule<tf.ReluInputs>((graph, { x }) => relu(graph, x)),
  Relu6: rule<tf.Relu6Inputs>((graph, { x }) => clip(graph, x, 0, 6)),
  Sigmoid: operation("Sigmoid"),
  Tanh: operation("Tanh"),
  Elu: operation("Elu"),
  EluGrad: rule<tf.EluGradInputs>((graph, { dy, y }) => {
    const one = graph.splat(1);
    const isRising = binary(graph, "Greater", y, graph.splat(0), "bool");
    return multiply(graph, dy, where(graph, isRising, one, add(graph, y, one)));
  }),
  Selu: operation("Selu"),
  LeakyRelu: rule<tf.LeakyReluInputs, tf.LeakyReluAttrs>(
    (graph, { x }, { alpha }) => leakyRelu(graph, x, alpha),
  ),
  Prelu: rule<tf.PreluInputs>((graph, { x, alpha }) => prelu(graph, x, alpha)),
  ClipByValue: rule<tf.ClipByValueInputs, tf.ClipByValueAttrs>(
    (graph, { x }, { clipValueMin, clipValueMax }) =>
      clip(graph, x, clipValueMin, clipValueMax),
  ),
  Step: rule<tf.StepInputs, tf.StepAttrs>((graph, { x }, { alpha = 0 }) => {
    const zero = graph.splat(0, [], x.dtype);
    // A rectified number is above 0 where the number is, which then need not be kept: the rectifier may be fused.
    const seen = graph.find("Relu", x) ?? x;
    const isAbove = isBool(x)
      ? x
      : binary(graph, "Greater", seen, zero, "bool");
    if (alpha === 0) return cast(graph, isAbove, x.dtype);
    const [one, below] = [1, alpha].map((y) => graph.splat(y, [], x.dtype));
    return where(graph, isAbove, one!, below!); // two in, two out
  }),
};

function operation(op: string): Rule {
  return rule<tf.UnaryInputs>((graph, { x }) => unary(graph, op, x));
}

function relu(graph: Graph, x: Value): Value {
  if (isBool(x)) return x;
  if (x.dtype === "float32") return unary(graph, "Relu", x);
  return binary(graph, "Max", x, graph.splat(0, [], x.dtype));
}

/** Clamps to an interval; NaN stays NaN. */
function clip(graph: Graph, x: Value, min: number, max: number): Value {
  if (isBool(x)) {
    const numbers = cast(graph, x, "int32");
    return cast(graph, clip(graph, numbers, min, max), "bool");
  }
  const [least, most] = x.dtype === "int32"
    ? [-(2 ** 31), 2 ** 31 - 1]
    : [-Infinity, Infinity];
  const [low, high] = [min, max].map((bound) => {
    const within = Math.min(Math.max(bound, least!), most!); // two of each
    return graph.splat(within, [], x.dtype);
  });
  return graph.apply("Clip", [x, low!, high!], x.shape); // two in, two out
}

function isBool({ dtype }: Value): boolean {
  return dtype === "bool";
}

function leakyRelu(graph: Graph, x: Value, alpha: number): Value {
  return unary(graph, "LeakyRelu", x, { alpha: { float: alpha } });
}

function prelu(graph: Graph, x: Value, alpha: Value): Value {
  const shape = broadcastShapes(x.shape, alpha.shape);
  return graph.apply("PRelu", [expand(graph, x, shape), alpha], shape); // ONNX broadcasts slopes alone
}

/** An activation inside a fused kernel. */
export interface FusedActivation {
  readonly activation?: string | null;
  readonly leakyreluAlpha?: number;
}

/** Applies the activation of a fused kernel. */
export function activate(
  graph: Graph,
  x: Value,
  { activation, leakyreluAlpha = 0.2 }: FusedActivation,
  slopes: Value | undefined,
): Value {
  switch (activation ?? "linear") {
    case "linear":
      return x;
    case "relu":
      return relu(graph, x);
    case "relu6":
      return clip(graph, x, 0, 6);
    case "sigmoid":
      return unary(graph, "Sigmoid", x);
    case "elu":
      return unary(graph, "Elu", x);
    case "leakyrelu":
      return leakyRelu(graph, x, leakyreluAlpha);
    case "prelu":
      return prelu(graph, x, slopes!); // tfjs gives them for this activation
    default:
      throw new CompileError(
        `Cannot compile the fused activation ${activation}: apply it after the kernel`,
      );
  }
}
