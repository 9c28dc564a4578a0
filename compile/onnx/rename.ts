import type { OnnxGraph } from "./model.ts";

/** Gives every name in a graph another one. */
export function renameGraph(
  graph: OnnxGraph,
  rename: (name: string) => string,
): OnnxGraph {
  const named = <T extends { readonly name: string }>(item: T): T => {
    return { ...item, name: rename(item.name) };
  };
  return {
    name: graph.name,
    nodes: graph.nodes.map((node) => ({
      ...node,
      inputs: node.inputs.map(rename),
      outputs: node.outputs.map(rename),
    })),
    inputs: graph.inputs.map(named),
    outputs: graph.outputs.map(named),
    tensors: graph.tensors.map(named),
  };
}
