/**
 * Numbers of a graph that do not fit into an ONNX file, which protobuf limits to 2 GiB.
 * @module
 */
import { CompileError } from "../compile_error.ts";
import type { OnnxGraph, OnnxTensor } from "./model.ts";

/** The most bytes of numbers in a file: 2^31 - 1, without what the graph itself may take. */
export const MOST_BYTES: number = 2 ** 31 - 2 ** 26;

/** Tensors with fewer bytes stay in the file: shapes, axes and bounds, which ONNX Runtime wants to see there. */
const SMALL = 1024;

/** Where a tensor lies in a file of data; ONNX asks for whole pages, so that memory can be mapped. */
const PAGE = 4096;

/**
 * Checks that the numbers of a graph fit into a file.
 *
 * @param graph Any.
 * @param most Bytes that the file may hold.
 * @throws {CompileError} If they do not.
 */
export function checkSize(graph: OnnxGraph, most: number = MOST_BYTES): void {
  const size = tensorSize(graph);
  if (size <= most) return;
  throw new CompileError(
    `Expected at most ${most} bytes of numbers in an ONNX file but found ${size}: call exportOnnxFiles()`,
  );
}

function tensorSize({ tensors }: OnnxGraph): number {
  return tensors.reduce((sum, { bytes }) => sum + bytes.length, 0);
}

/** A graph without its largest numbers. */
export interface Lightened {
  /** Has an input of the same name for each tensor that was taken out. */
  readonly graph: OnnxGraph;
  /** What was taken out, with other names. */
  readonly tensors: readonly OnnxTensor[];
}

/**
 * Turns the largest tensors into inputs `constant/*`, where all together do not fit into a file.
 *
 * @param graph Any.
 * @param most Bytes that the file may hold.
 */
export function feedLargeTensors(
  graph: OnnxGraph,
  most: number = MOST_BYTES,
): Lightened {
  let left = tensorSize(graph);
  const taken = new Map<string, OnnxTensor>();
  const bySize = graph.tensors.filter(isLarge).toSorted((a, b) =>
    b.bytes.length - a.bytes.length
  );
  for (const tensor of bySize) {
    if (left <= most) break;
    const name = `constant/${tensor.name}`;
    taken.set(tensor.name, { ...tensor, name });
    left -= tensor.bytes.length;
  }
  if (taken.size === 0) return { graph, tensors: [] };
  const nameOf = (name: string) => taken.get(name)?.name ?? name;
  const tensors = [...taken.values()];
  return {
    graph: {
      ...graph,
      nodes: graph.nodes.map((node) => ({
        ...node,
        inputs: node.inputs.map(nameOf),
      })),
      inputs: [
        ...graph.inputs,
        ...tensors.map(({ name, dtype, shape }) => ({ name, dtype, shape })),
      ],
      tensors: graph.tensors.filter(({ name }) => !taken.has(name)),
    },
    tensors,
  };
}

/** Lists that say what an operation does have 64 bits, and stay. */
function isLarge({ bytes, dtype }: OnnxTensor): boolean {
  return bytes.length >= SMALL && dtype !== "int64" && dtype !== "float64";
}

/** A graph whose numbers lie in a file of their own. */
export interface Separated {
  readonly graph: OnnxGraph;
  /** The bytes of that file, in order. */
  readonly data: readonly Uint8Array[];
}

/**
 * Lets tensors lie in another file.
 *
 * @param graph Any.
 * @param location Name of the file, which is to lie beside the model's.
 */
export function separateTensors(
  graph: OnnxGraph,
  location: string,
): Separated {
  const data: Uint8Array[] = [];
  let size = 0;
  const tensors = graph.tensors.map((tensor): OnnxTensor => {
    if (!isLarge(tensor)) return tensor;
    const { length } = tensor.bytes;
    const gap = (PAGE - size % PAGE) % PAGE;
    if (gap > 0) data.push(new Uint8Array(gap));
    const offset = size + gap;
    data.push(tensor.bytes);
    size = offset + length;
    return { ...tensor, external: { location, offset } };
  });
  return { graph: { ...graph, tensors }, data };
}
