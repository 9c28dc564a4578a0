import type { Result } from "./value.ts";

/** Tells whether two values are the same result of the same operation, whatever they are computed from. */
export function isAlike(a: Result, b: Result): boolean {
  return a.node.op === b.node.op &&
    a.node.inputs.length === b.node.inputs.length &&
    a.node.results.indexOf(a) === b.node.results.indexOf(b) &&
    JSON.stringify(a.node.attributes) === JSON.stringify(b.node.attributes);
}
