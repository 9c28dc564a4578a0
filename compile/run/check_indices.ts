/**
 * Indices are within bounds, or the call fails.
 * @module
 */
import {
  type ComputedIndices,
  firstOutside,
  outsideError,
} from "../graph/index_check.ts";
import type { Graph } from "../graph/graph.ts";
import { nodesInOrder } from "../graph/order.ts";
import { elementCount } from "../graph/shape.ts";
import type { Value } from "../graph/value.ts";
import type { InputSpecs } from "../types.ts";
import type { FeedBatch } from "./feed.ts";

/**
 * Checks the indices that are fed, before anything runs.
 *
 * @throws {RangeError} If one lies outside, by name of the input.
 */
export function checkFedIndices(
  { checks }: Graph,
  specs: InputSpecs,
  { arrays, steps }: FeedBatch,
): void {
  for (const check of checks.values()) {
    if (!("places" in check)) continue;
    const { input, places, lengths, kernel } = check;
    const numbers = arrays.get(input)!; // checked by `checkFeeds()`
    const size = elementCount(specs[input]!.shape); // an input of the function
    for (let step = 0; step < steps; step++) {
      for (let i = 0; i < places.length; i++) {
        const place = step * size + places[i]!; // as many
        const index = numbers[place]!;
        const length = lengths[i % lengths.length]!;
        if (index >= 0 && index < length) continue;
        throw new RangeError(
          `Expected the indices in input "${input}" to be from 0 to ${
            length - 1
          } but found ${index} at ${place} (${kernel})`,
        );
      }
    }
  }
}

/** The indices that a graph computes and hands out, by name; those that no result depends on are left out. */
export function computedIndices(
  { checks }: Graph,
  results: Iterable<Value>,
): ReadonlyMap<string, ComputedIndices> {
  const nodes = new Set(nodesInOrder(results));
  const found = new Map<string, ComputedIndices>();
  for (const check of checks.values()) {
    if ("places" in check || check.clipped.kind !== "result") continue;
    if (nodes.has(check.clipped.node)) {
      found.set(`check/${found.size}`, check);
    }
  }
  return found;
}

/**
 * Checks indices that a graph has computed.
 *
 * @throws {RangeError} If one lies outside, by the inputs that it depends on.
 */
export function checkComputedIndices(
  { kernel, lengths, inputs }: ComputedIndices,
  numbers: ArrayLike<number>,
): void {
  const outside = firstOutside(numbers, lengths);
  if (!outside) return;
  const names = inputs.map((name) => `"${name}"`).join(", ");
  const origin = names ? `, computed from ${names},` : "";
  throw outsideError(kernel, outside, origin);
}
