import type { Value } from "../../../compile/graph/value.ts";

/** Writes how a value is computed, such as `Mul(Add(x, y), 2)`. */
export function spell(value: Value): string {
  if (value.kind === "placeholder") return value.name;
  if (value.kind === "splat") return `${value.value}`;
  if (value.kind === "constant") return `[${Array.from(value.data)}]`;
  return `${value.node.op}(${value.node.inputs.map(spell).join(", ")})`;
}
