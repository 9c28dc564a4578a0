/**
 * Which matrix products a piece of work has: what any program has to do for it, whatever else it does.
 * @module
 */
import { elementCount, type Shape } from "../../compile/graph/shape.ts";
import type { GanSizes } from "./gan.ts";
import type { VaeSizes } from "./image_models.ts";
import type { Sizes, TextSizes } from "./transformer.ts";

/** A matrix, or a stack of matrices; products that share it name the same object. */
export interface Matrix {
  /** Rows and columns come last. */
  readonly shape: Shape;
}

/** A product of matrices, or of as many pairs as there are in two stacks. */
export interface Product {
  readonly left: Matrix;
  readonly right: Matrix;
  /** The factor that is transposed first. */
  readonly transposed?: "left" | "right";
}

/** Shape of a product: rows of the left factor, columns of the right one. */
export function shapeOf({ left, right, transposed }: Product): Shape {
  const rows = left.shape.at(transposed === "left" ? -1 : -2)!; // matrices
  const columns = right.shape.at(transposed === "right" ? -2 : -1)!;
  return [...left.shape.slice(0, -2), rows, columns];
}

/** Multiplications and additions of products, each counted for itself. */
export function flops(products: readonly Product[]): number {
  return products.reduce((sum, product) => {
    const { left, transposed } = product;
    const depth = left.shape.at(transposed === "left" ? -2 : -1)!; // a matrix
    return sum + 2 * depth * elementCount(shapeOf(product));
  }, 0);
}

/** A VAE's update: results, gradients of weights, and of all inputs but the images. */
export function vaeProducts(
  { pixels, hidden, latent, batch }: VaeSizes,
): readonly Product[] {
  const first = layer(batch, pixels, hidden);
  const others = [
    layer(batch, hidden, latent), // the mean
    layer(batch, hidden, latent), // the log variance
    layer(batch, latent, hidden),
    layer(batch, hidden, pixels),
  ];
  return [first.result, first.toWeight, ...others.flatMap(allOf)];
}

/**
 * An update of the discriminator, on real and on made items, and one of the generator from the same noise, whose items
 * are made once.
 */
export function ganProducts(
  { batch, pixels, latent, generatorHidden, discriminatorHidden }: GanSizes,
): readonly Product[] {
  const generator = layers(batch, [latent, ...generatorHidden, pixels]);
  const discriminator = () =>
    layers(batch, [pixels, ...discriminatorHidden, 1]);
  const [real, made, judged] = [
    discriminator(),
    discriminator(),
    discriminator(),
  ];
  return [
    ...updateOf(real),
    ...updateOf(made),
    ...judged.flatMap(({ result, toInput }) => [result, toInput]),
    ...updateOf(generator),
  ];
}

/** A transformer's update: of each layer four projections, attention and two maps of each vector; and the logits. */
export function transformerProducts(
  { layers, width, heads, feedForward }: Sizes,
  { batch, length, vocabulary }: TextSizes,
): readonly Product[] {
  const vectors = batch * length;
  const ofLayer = () => {
    const input = matrix(vectors, width);
    return [
      ...allOf(layer(vectors, width, width, input)), // query
      ...allOf(layer(vectors, width, width, input)), // key
      ...allOf(layer(vectors, width, width, input)), // value
      ...attention(batch * heads, length, width / heads),
      ...allOf(layer(vectors, width, width)),
      ...allOf(layer(vectors, width, feedForward)),
      ...allOf(layer(vectors, feedForward, width)),
    ];
  };
  return [
    ...Array.from({ length: layers }, ofLayer).flat(),
    ...allOf(layer(vectors, width, vocabulary)),
  ];
}

/** Samples of latents decoded to logits of pixels. */
export function decoderProducts(
  { latent, hidden, pixels }: Omit<VaeSizes, "batch">,
  samples: number,
): readonly Product[] {
  const [first, last] = [
    layer(samples, latent, hidden),
    layer(samples, hidden, pixels),
  ];
  return [first.result, last.result];
}

/** The products of a linear layer: x W, x^T dy and dy W^T. */
export interface Layer {
  readonly result: Product;
  readonly toWeight: Product;
  readonly toInput: Product;
}

/** For x [batch, inputs], W [inputs, outputs] and dy [batch, outputs]. */
export function layer(
  batch: number,
  inputs: number,
  outputs: number,
  x: Matrix = matrix(batch, inputs),
): Layer {
  const weight = matrix(inputs, outputs);
  const dy = matrix(batch, outputs);
  return {
    result: { left: x, right: weight },
    toWeight: { left: x, right: dy, transposed: "left" },
    toInput: { left: dy, right: weight, transposed: "right" },
  };
}

/** The products of an update of a layer whose input learns, too. */
export function allOf(
  { result, toWeight, toInput }: Layer,
): readonly Product[] {
  return [result, toWeight, toInput];
}

/** Layers one after the other, from the widths between them. */
function layers(batch: number, widths: readonly number[]): readonly Layer[] {
  return widths.slice(1).map((outputs, i) => layer(batch, widths[i]!, outputs)); // as many, less one
}

/** The products of an update of layers, whose first input is given. */
function updateOf(all: readonly Layer[]): readonly Product[] {
  return all.flatMap((one, i) => allOf(one).slice(0, i === 0 ? 2 : 3));
}

/** q k^T, weights v, and their gradients, for so many heads of all sequences. */
function attention(
  stack: number,
  length: number,
  width: number,
): readonly Product[] {
  const [q, k, v, dy] = Array.from(
    { length: 4 },
    () => matrix(stack, length, width),
  ) as [Matrix, Matrix, Matrix, Matrix]; // four
  const [weights, slopes] = [
    matrix(stack, length, length),
    matrix(stack, length, length),
  ];
  return [
    { left: q, right: k, transposed: "right" },
    { left: weights, right: v },
    { left: dy, right: v, transposed: "right" },
    { left: weights, right: dy, transposed: "left" },
    { left: slopes, right: k },
    { left: slopes, right: q, transposed: "left" },
  ];
}

/** A matrix, or a stack of matrices, of numbers of its own. */
export function matrix(...shape: readonly number[]): Matrix {
  return { shape };
}
