/**
 * Types of the numbers a compiled function takes and gives.
 * @module
 */

/** Types of the numbers a function takes and gives. */
export type DType = "float32" | "int32" | "bool";

/** Typed array that holds numbers of a type. */
export type ArrayOf<D extends DType> = D extends "float32" ? Float32Array
  : D extends "int32" ? Int32Array
  : Uint8Array;
