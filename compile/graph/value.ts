/**
 * What a graph is made of: values, and the nodes that compute them.
 * @module
 */
import type { DType } from "../dtype.ts";
import type { Shape } from "./shape.ts";

/** Types of the elements of a value: those of tensors, bytes in tables, and between nodes int64 and float64. */
export type ElementType = DType | "uint8" | "int64" | "float64";

interface Described {
  /** Tells values of one graph apart. */
  readonly id: number;
  readonly shape: Shape;
  readonly dtype: ElementType;
}

/** Numbers known when compiling. */
export interface Constant extends Described {
  readonly kind: "constant";
  readonly data: ArrayLike<number>;
}

/** One number everywhere, known when compiling. */
export interface Splat extends Described {
  readonly kind: "splat";
  readonly value: number;
}

/** Numbers that are fed: an input, a table or a variable. */
export interface Placeholder extends Described {
  readonly kind: "placeholder";
  readonly name: string;
  /** Finds the least and the greatest of its integers, where they are known. */
  readonly range?: () => readonly [number, number];
}

/** Numbers that a node computes. */
export interface Result extends Described {
  readonly kind: "result";
  readonly node: GraphNode;
}

/** A tensor of a graph. */
export type Value = Constant | Splat | Placeholder | Result;

/** A parameter of an ONNX operation: whole numbers, text, or `{ float }`. */
export type Attribute =
  | number
  | string
  | readonly number[]
  | { readonly float: number };

/** Parameters of an ONNX operation by name. */
export type Attributes = Readonly<Record<string, Attribute>>;

/** An ONNX operation on values. */
export interface GraphNode {
  readonly op: string;
  readonly inputs: readonly Value[];
  readonly attributes: Attributes;
  readonly results: readonly Result[];
}

/** The node that computes a value, if its operation is `op`. */
export function producer(value: Value, op: string): GraphNode | undefined {
  if (value.kind !== "result" || value.node.op !== op) return undefined;
  return value.node;
}

/** First input of the node that computes a value, if its operation is `op`. */
export function operandOf(value: Value, op: string): Value | undefined {
  return producer(value, op)?.inputs[0];
}
