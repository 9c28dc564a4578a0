import { CompileError } from "../compile_error.ts";
import { isAlike } from "../graph/alike.ts";
import type { Value } from "../graph/value.ts";

/**
 * Goes through two graphs of one function side by side.
 *
 * @param axis Name of the axis whose length is different.
 * @returns For each value of the first its counterpart in the second.
 * @throws {CompileError} If their operations are not the same.
 */
export function pairValues(
  axis: string,
  first: ReadonlyMap<string, Value>,
  second: ReadonlyMap<string, Value>,
): ReadonlyMap<Value, Value> {
  const counterparts = new Map<Value, Value>();
  const pairs = [...first].map(([output, value]) =>
    [value, second.get(output)!] as const
  ); // of one function
  for (let next = pairs.pop(); next; next = pairs.pop()) {
    const [a, b] = next;
    const known = counterparts.get(a);
    if (known === b) continue;
    counterparts.set(a, b);
    if (a.kind !== b.kind || known) {
      throw new CompileError(
        `Cannot export with the free axis "${axis}": the function does something else for another length`,
      );
    }
    if (a.kind !== "result") continue;
    if (b.kind !== "result" || !isAlike(a, b)) {
      throw new CompileError(
        `Cannot export with the free axis "${axis}": the operation ${a.node.op} depends on its length`,
      );
    }
    a.node.inputs.forEach((input, i) => pairs.push([input, b.node.inputs[i]!])); // as many
  }
  return counterparts;
}
