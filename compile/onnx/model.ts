/**
 * What an ONNX file holds, as far as this package writes it.
 * @module
 */
import type { Attribute, ElementType } from "../graph/value.ts";

/** A tensor's name, type and axes: a number, or a name for a length that is free. */
export interface OnnxValue {
  readonly name: string;
  readonly dtype: ElementType;
  readonly shape: readonly (number | string)[];
  readonly doc?: string;
}

/** A tensor with its numbers, little-endian. */
export interface OnnxTensor {
  readonly name: string;
  readonly dtype: ElementType;
  readonly shape: readonly number[];
  readonly bytes: Uint8Array;
  /** The file beside the model's that holds the bytes, and where they begin in it. */
  readonly external?: { readonly location: string; readonly offset: number };
}

/** An operation; inputs and outputs are names. */
export interface OnnxNode {
  readonly op: string;
  readonly domain?: string;
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  readonly attributes: Readonly<Record<string, Attribute | OnnxGraph>>;
}

/** Operations in an order in which they can be run. */
export interface OnnxGraph {
  readonly name: string;
  readonly nodes: readonly OnnxNode[];
  readonly inputs: readonly OnnxValue[];
  readonly outputs: readonly OnnxValue[];
  readonly tensors: readonly OnnxTensor[];
}

/** A file: a graph and where it comes from. */
export interface OnnxModel {
  readonly graph: OnnxGraph;
  readonly doc?: string;
}

/** Version of ONNX's operations: every rule is written for it. */
export const OPSET = 18;

/** Domain of the operations that only ONNX Runtime knows. */
export const ORT_DOMAIN = "com.microsoft";

/** Domain of ONNX Runtime's operations on blocks of channels, which depend on the processor. */
export const BLOCK_DOMAIN = "com.microsoft.nchwc";
