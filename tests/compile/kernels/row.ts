/**
 * What a row of the table of types says.
 * @module
 */
import type { NamedAttrMap } from "@tensorflow/tfjs";
import type { DType } from "../../../compile/dtype.ts";

/** Numbers of an operand; bools are true where they are not 0. */
export interface RowOperand {
  readonly shape: readonly number[];
  readonly numbers: readonly number[];
  /** The only type that it may have; each one in turn unless given. */
  readonly dtype?: DType;
}

/** The type of a result for the types of the operands that have each in turn; nothing where they are refused. */
export type ResultType = (types: readonly DType[]) => DType | undefined;

/** A call of a kernel. */
export interface Row {
  readonly operands: Readonly<Record<string, RowOperand>>;
  readonly attributes: NamedAttrMap;
  readonly result: ResultType;
  /** Operands are handed over as a list. */
  readonly isList?: true;
}

export const widest: ResultType = (types) => {
  if (types.includes("float32")) return "float32";
  return types.includes("int32") ? "int32" : "bool";
};
export const same: ResultType = widest; // of one operand
export const float: ResultType = () => "float32";
export const bool: ResultType = () => "bool";
export const int: ResultType = () => "int32";
export const counted: ResultType = (types) => {
  const found = widest(types);
  return found === "bool" ? "int32" : found;
};
export const noBools: ResultType = (types) => {
  const found = widest(types);
  return found === "bool" ? undefined : found;
};
export const floatsOnly: ResultType = (types) => {
  return types.every((dtype) => dtype === "float32") ? "float32" : undefined;
};

export function rows(
  kernels: readonly string[],
  row: Row,
): Readonly<Record<string, Row>> {
  return Object.fromEntries(kernels.map((kernel) => [kernel, row]));
}
