/**
 * Channels normalized by their neighbours.
 * @module
 */
import type * as tf from "@tensorflow/tfjs";
import { add, multiply } from "../../graph/arithmetic.ts";
import { binary } from "../../graph/elementwise.ts";
import { reshape } from "../../graph/layout.ts";
import { matrixProduct } from "../../graph/product.ts";
import { neighbourBand } from "../../neighbour_band.ts";
import { rule, type Rules } from "../rule.ts";

export const responseRules: Rules = {
  /** x / (bias + alpha sum of x^2 over the channels around)^beta. */
  LRN: rule<tf.LRNInputs, tf.LRNAttrs>((graph, { x }, attributes) => {
    const { depthRadius, bias, alpha, beta } = attributes;
    const channels = x.shape[3]!; // images have four axes
    const pixels = x.shape.slice(0, 3).reduce((a, b) => a * b, 1);
    const square = reshape(graph, multiply(graph, x, x), [pixels, channels]);
    const band = graph.constant(
      neighbourBand(channels, depthRadius),
      [channels, channels],
      "float32",
    );
    const sums = matrixProduct(
      graph,
      { matrix: square, isTransposed: false },
      { matrix: band, isTransposed: false },
    );
    const scaled = multiply(graph, sums, graph.splat(alpha));
    const base = add(graph, reshape(graph, scaled, x.shape), graph.splat(bias));
    const power = binary(graph, "Pow", base, graph.splat(-beta));
    return multiply(graph, x, power);
  }),
};
