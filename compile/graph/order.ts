import type { GraphNode, Value } from "./value.ts";

/** All nodes that values need, each after those that it needs; without recursion, since graphs are deep. */
export function nodesInOrder(roots: Iterable<Value>): readonly GraphNode[] {
  const ordered = new Set<GraphNode>();
  for (const root of roots) {
    const stack: { readonly node: GraphNode; next: number }[] = [];
    const push = (value: Value) => {
      if (value.kind !== "result" || ordered.has(value.node)) return;
      stack.push({ node: value.node, next: 0 });
    };
    push(root);
    for (let top = stack.at(-1); top; top = stack.at(-1)) {
      const input = top.node.inputs[top.next++];
      if (input) {
        push(input);
      } else {
        ordered.add(top.node);
        stack.pop();
      }
    }
  }
  return [...ordered];
}
