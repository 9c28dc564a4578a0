/**
 * Activations, their gradients, and the activations inside fused kernels.
 * @module
 */
import type * as tf from "@tensorflow/tfjs";
import { CompileError } from "../compile_error.ts";
import { add, multiply } from "../graph/arithmetic.ts";
import { binary, cast, unary, where } from "../graph/elementwise.ts";
import type { Graph } from "../graph/graph.ts";
import type { Value } from "../graph/value.ts";
import { type Rule, rule, type Rules } from "./rule.ts";

export const activationRules: Rules = {
  Relu: operation("Relu"),
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
    const isAbove = binary(
      graph,
      "Greater",
      x,
      graph.splat(0, [], x.dtype),
      "bool",
    );
    if (alpha === 0) return cast(graph, isAbove, "float32");
    return where(graph, isAbove, graph.splat(1), graph.splat(alpha));
  }),
};

function operation(op: string): Rule {
  return rule<tf.UnaryInputs>((graph, { x }) => unary(graph, op, x));
}

/** Clamps to an interval; NaN stays NaN. */
function clip(graph: Graph, x: Value, min: number, max: number): Value {
  const [low, high] = [min, max].map((bound) =>
    graph.splat(bound, [], x.dtype)
  );
  return graph.apply("Clip", [x, low!, high!], x.shape); // two in, two out
}

function leakyRelu(graph: Graph, x: Value, alpha: number): Value {
  return unary(graph, "LeakyRelu", x, { alpha: { float: alpha } });
}

function prelu(graph: Graph, x: Value, alpha: Value): Value {
  return graph.apply("PRelu", [x, alpha], x.shape);
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
      return unary(graph, "Relu", x);
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
