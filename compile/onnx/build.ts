/**
 * From the values of a graph to the lists and names of an ONNX file.
 * @module
 */
import { nodesInOrder } from "../graph/order.ts";
import { elementCount } from "../graph/shape.ts";
import type { Description } from "../graph/graph.ts";
import type { GraphNode, Placeholder, Splat, Value } from "../graph/value.ts";
import {
  BLOCK_DOMAIN,
  type OnnxGraph,
  type OnnxNode,
  type OnnxTensor,
  ORT_DOMAIN,
} from "./model.ts";
import { tensorBytes } from "./tensor_bytes.ts";

/** Operations that only ONNX Runtime has, as it calls them. */
const ORT_OPERATIONS: Readonly<
  Record<string, Pick<OnnxNode, "op" | "domain">>
> = {
  FusedMatMul: { op: "FusedMatMul", domain: ORT_DOMAIN },
  GatedAdd: { op: "GatedAdd", domain: ORT_DOMAIN },
  BlockedConv: { op: "Conv", domain: BLOCK_DOMAIN },
  BlockedMean: { op: "AveragePool", domain: BLOCK_DOMAIN },
  ToBlocks: { op: "ReorderInput", domain: BLOCK_DOMAIN },
  FromBlocks: { op: "ReorderOutput", domain: BLOCK_DOMAIN },
};

/** A number is written as often as it occurs, up to this often. */
const SMALL = 1024;

/**
 * Lays a graph out.
 *
 * @param outputs What to compute, by name.
 * @returns Everything that the outputs need; its inputs are the placeholders among it, in order of use.
 */
export function buildGraph(outputs: ReadonlyMap<string, Value>): OnnxGraph {
  const names = nameOutputs(outputs);
  const builder = new Builder(names);
  for (const node of nodesInOrder(outputs.values())) builder.write(node);
  for (const [name, value] of outputs) builder.copy(value, name);
  return {
    name: "step",
    nodes: builder.nodes,
    inputs: builder.inputs.map(({ name, dtype, shape }) => ({
      name,
      dtype,
      shape,
    })),
    outputs: [...outputs].map(([name, { dtype, shape }]) => ({
      name,
      dtype,
      shape,
    })),
    tensors: builder.tensors,
  };
}

/** An output that a node computes is named by its node; others are copied. */
function nameOutputs(outputs: ReadonlyMap<string, Value>): Map<Value, string> {
  const names = new Map<Value, string>();
  for (const [name, value] of outputs) {
    if (value.kind === "result" && !names.has(value)) names.set(value, name);
  }
  return names;
}

class Builder {
  readonly nodes: OnnxNode[] = [];
  readonly inputs: Placeholder[] = [];
  readonly tensors: OnnxTensor[] = [];
  readonly #names: Map<Value, string>;

  constructor(names: Map<Value, string>) {
    this.#names = names;
  }

  /** Gives a value that has another name, or none, a name of its own. */
  copy(value: Value, name: string): void {
    const own = this.#name(value);
    if (own === name) return;
    const outputs = [name];
    this.nodes.push({ op: "Identity", inputs: [own], outputs, attributes: {} });
  }

  write({ op, inputs, results, attributes }: GraphNode): void {
    this.nodes.push({
      ...ORT_OPERATIONS[op] ?? { op },
      inputs: inputs.map((input) => this.#name(input)),
      outputs: results.map((result) => this.#name(result)),
      attributes,
    });
  }

  #name(value: Value): string {
    const known = this.#names.get(value);
    if (known !== undefined) return known;
    const name = value.kind === "placeholder" ? value.name : `%${value.id}`;
    this.#names.set(value, name);
    if (value.kind === "placeholder") this.inputs.push(value);
    if (value.kind === "constant") this.#store(name, value, value.data);
    if (value.kind === "splat") this.#fill(name, value);
    return name;
  }

  #fill(name: string, splat: Splat): void {
    const count = elementCount(splat.shape);
    if (count <= SMALL) {
      this.#store(name, splat, new Array<number>(count).fill(splat.value));
      return;
    }
    const [number, shape] = [`${name}.number`, `${name}.shape`];
    this.#store(number, { dtype: splat.dtype, shape: [] }, [splat.value]);
    const list = { dtype: "int64", shape: [splat.shape.length] } as const;
    this.#store(shape, list, splat.shape);
    const [inputs, outputs] = [[number, shape], [name]];
    this.nodes.push({ op: "Expand", inputs, outputs, attributes: {} });
  }

  #store(
    name: string,
    { dtype, shape }: Description,
    numbers: ArrayLike<number>,
  ): void {
    this.tensors.push({
      name,
      dtype,
      shape,
      bytes: tensorBytes(numbers, dtype),
    });
  }
}
