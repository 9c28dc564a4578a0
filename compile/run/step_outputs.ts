import { blockedBias } from "../graph/fusions/blocked_bias.ts";
import { blockedRelu } from "../graph/fusions/blocked_relu.ts";
import { fuse } from "../graph/fuse.ts";
import { productFusions } from "../graph/fusions/fuse_product.ts";
import { gatedAdd } from "../graph/fusions/gated_add.ts";
import { movedRows } from "../graph/fusions/moved_rows.ts";
import { outOfBlocks } from "../graph/fusions/out_of_blocks.ts";
import { sumOfProducts } from "../graph/fusions/sum_of_products.ts";
import { wideRows } from "../graph/fusions/wide_rows.ts";
import type { Value } from "../graph/value.ts";
import { computedIndices } from "./check_indices.ts";
import type { Trace } from "../trace/trace.ts";

/** All that a step computes on a device, by name: `output/*`, `next/*` values of variables, and indices to `check/*`. */
export function stepOutputs(
  { graph, outputs, updates }: Trace,
  device: "cpu" | "webgpu",
): ReadonlyMap<string, Value> {
  const all = new Map(outputs);
  for (const [variable, value] of updates) {
    all.set(`next/${variable.name}`, value);
  }
  for (const [name, { indices }] of computedIndices(graph, all.values())) {
    all.set(name, indices);
  }
  if (device !== "cpu") return fuse(graph, all, productFusions);
  const fused = fuse(graph, all, [
    sumOfProducts,
    ...productFusions,
    blockedBias,
    blockedRelu,
    gatedAdd,
    wideRows,
  ]);
  return fuse(graph, fused, [outOfBlocks, movedRows]); // the others look for what they replace
}
