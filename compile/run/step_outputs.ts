import { fuse } from "../graph/fuse.ts";
import type { Value } from "../graph/value.ts";
import type { Trace } from "../trace/trace.ts";

/** All that a step computes, by name: `output/*`, and the `next/*` values of variables. */
export function stepOutputs(
  { graph, outputs, updates }: Trace,
): ReadonlyMap<string, Value> {
  const all = new Map(outputs);
  for (const [variable, value] of updates) {
    all.set(`next/${variable.name}`, value);
  }
  return fuse(graph, all);
}
