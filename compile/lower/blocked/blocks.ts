/**
 * Images in the order of ONNX Runtime's own convolutions for the CPU: channels in blocks, the blocks first.
 *
 * Its operations see [batch, channel, height, width], but the numbers lie as [batch, block, height, width, channel of
 * the block]: one vector register holds the channels of a block.
 * @module
 */
import type { Graph } from "../../graph/graph.ts";
import { reshape, transpose } from "../../graph/layout.ts";
import { pad, slice } from "../../graph/slicing.ts";
import { operandOf, type Value } from "../../graph/value.ts";

/** The least multiple of `block` that is not less. */
export function wholeBlocks(channels: number, block: number): number {
  return Math.ceil(channels / block) * block;
}

/** Tells whether a convolution can take so many channels: whole blocks, or less than one. */
export function isBlocked(channels: number, block: number): boolean {
  return channels < block || channels % block === 0;
}

/**
 * Brings images into blocks; those of less than a block stay whole, channels first.
 *
 * @param images [batch, height, width, channel]
 * @returns [batch, channel, height, width], in blocks.
 */
export function toBlocks(graph: Graph, images: Value, block: number): Value {
  const [batch, height, width, channels] = images.shape as FourAxes;
  const shape = [batch, channels, height, width];
  if (channels < block) return transpose(graph, images, [0, 3, 1, 2]);
  if (channels === block) return reshape(graph, images, shape);
  const blocked = operandOf(images, "FromBlocks");
  if (blocked) return blocked;
  return graph.apply("ToBlocks", [images], shape, { channels_last: 1 });
}

/**
 * Brings images out of blocks.
 *
 * @param images [batch, channel, height, width], in blocks.
 * @param channels How many count: the last block may hold others.
 * @returns [batch, height, width, channel]
 */
export function fromBlocks(
  graph: Graph,
  images: Value,
  channels: number,
  block: number,
): Value {
  const [batch, whole, height, width] = images.shape as FourAxes;
  const shape = [batch, height, width, whole];
  const last = whole === block
    ? reshape(graph, images, shape)
    : graph.apply("FromBlocks", [images], shape, {
      channels: whole,
      channels_last: 1,
    });
  return slice(graph, last, [0, 0, 0, 0], [batch, height, width, channels]);
}

/** Adds zeros to the last axis, up to whole blocks. */
export function fillBlocks(graph: Graph, x: Value, block: number): Value {
  const channels = x.shape.at(-1)!; // images and filters have axes
  const before = x.shape.map(() => 0);
  const after = before.with(-1, wholeBlocks(channels, block) - channels);
  return pad(graph, x, before, after);
}

type FourAxes = readonly [number, number, number, number];
