/**
 * Linear layers, each followed by an activation.
 * @module
 */
import type * as tf from "@tensorflow/tfjs";
import type { ParameterSpec } from "../parameters/parameters.ts";
import { activate, type Activation } from "./activation.ts";
import { glorotInitials, type LayerInitials } from "./layer_initials.ts";
import { linear, type LinearParameters, linearSpecs } from "./linear.ts";

/** The width of one hidden layer, or those of several in order. */
export type HiddenWidths = number | readonly number[];

/** The parameters of {@linkcode hiddenLayers}. */
export interface HiddenParameters<P = tf.Tensor> {
  /** The first layer. */
  readonly hidden: LinearParameters<P>;
  /** The layers after the first, in order. */
  readonly deeper: readonly LinearParameters<P>[];
}

/**
 * Declares the parameters of {@linkcode hiddenLayers}.
 *
 * @param inputs Length of the vectors taken.
 * @param widths Of the layers.
 * @param initials How each layer begins; with Glorot weights and no bias unless given.
 * @throws {RangeError} If there is no layer.
 */
export function hiddenSpecs(
  inputs: number,
  widths: HiddenWidths,
  { weight, bias }: LayerInitials = glorotInitials,
): HiddenParameters<ParameterSpec> {
  const [first, ...rest] = widthsOf(widths);
  return {
    hidden: linearSpecs(inputs, first, weight, bias),
    deeper: rest.map((width, i) =>
      linearSpecs(rest[i - 1] ?? first, width, weight, bias)
    ),
  };
}

/**
 * Passes vectors through all layers.
 *
 * @param x [..., input]
 * @param parameters Of the layers.
 * @param activation After each.
 * @returns [..., width of the last layer]
 */
export function hiddenLayers(
  x: tf.Tensor,
  { hidden, deeper }: HiddenParameters,
  activation: Activation,
): tf.Tensor {
  return [hidden, ...deeper].reduce(
    (x, layer) => activate(activation, linear(x, layer)),
    x,
  );
}

/**
 * The width of the last layer.
 *
 * @throws {RangeError} If there is no layer.
 */
export function lastWidth(widths: HiddenWidths): number {
  return widthsOf(widths).at(-1)!; // at least one
}

/** The widths of layers that go the other way. */
export function reversed(widths: HiddenWidths): HiddenWidths {
  return typeof widths === "number" ? widths : widths.toReversed();
}

function widthsOf(widths: HiddenWidths): readonly [number, ...number[]] {
  const [first, ...rest] = typeof widths === "number" ? [widths] : widths;
  if (first !== undefined) return [first, ...rest];
  throw new RangeError("Expected at least one hidden layer but found none");
}
