/**
 * What a function is declared to take is checked before it is traced.
 * @module
 */
import { checkChoice, DTYPES } from "./check_choice.ts";
import type { DType } from "./dtype.ts";
import { elementCount } from "./graph/shape.ts";
import type { InputSpecs, TableSpecs } from "./types.ts";

/** A shape of any lengths, and a type unless it goes without saying. */
interface Spec<Length> {
  readonly shape: readonly Length[];
  readonly dtype?: DType;
}

/**
 * Checks that shapes are lists, and types, where they are given, are known.
 *
 * @throws {TypeError} If a shape is no list.
 * @throws {RangeError} If a type is not one of those there are.
 */
export function checkLists(
  kind: "input" | "table",
  specs: Readonly<Record<string, Spec<unknown>>>,
): void {
  for (const [name, { shape, dtype = "float32" }] of Object.entries(specs)) {
    checkChoice(`dtype of ${kind} "${name}"`, dtype, DTYPES);
    if (Array.isArray(shape)) continue;
    throw new TypeError(
      `Expected the shape of ${kind} "${name}" to be a list of lengths but found ${
        JSON.stringify(shape)
      }`,
    );
  }
}

/**
 * Checks that the lengths of all axes, and the type where it is given, are known.
 *
 * @throws {TypeError} If a shape is no list.
 * @throws {RangeError} If a length is not a whole number from 0 on, or a type is not one of those there are.
 */
export function checkShapes(
  kind: "input" | "table",
  specs: Readonly<Record<string, Spec<number>>>,
): void {
  checkLists(kind, specs);
  for (const [name, { shape }] of Object.entries(specs)) {
    for (const length of shape) {
      if (Number.isSafeInteger(length) && length >= 0) continue;
      throw new RangeError(
        `Expected the lengths of the axes of ${kind} "${name}" to be whole numbers from 0 on but found ${length} in [${shape}]: give the size that is fed`,
      );
    }
  }
}

/**
 * Checks the types that outputs are said to have.
 *
 * @throws {RangeError} If one is not one of those there are.
 */
export function checkDTypes(
  kind: string,
  dtypes: Readonly<Record<string, DType | undefined>>,
): void {
  for (const [name, dtype = "float32"] of Object.entries(dtypes)) {
    checkChoice(`dtype of ${kind} "${name}"`, dtype, DTYPES);
  }
}

/**
 * Checks tables.
 *
 * @returns The tables, whose bools are 0 and 1.
 * @throws {TypeError} If a name is that of an input, or the data of a table is of another type.
 * @throws {RangeError} If a table has another length than its shape, or is to hold integers and does not.
 */
export function checkTables(
  tables: TableSpecs,
  inputs: InputSpecs,
): TableSpecs {
  checkShapes("table", tables);
  const checked = Object.entries(tables).map(([name, table]) => {
    const { data, shape, dtype } = table;
    if (name in inputs) {
      throw new TypeError(`Expected "${name}" to be an input or a table`);
    }
    checkData(name, data);
    if (data.length !== elementCount(shape)) {
      throw new RangeError(
        `Expected ${
          elementCount(shape)
        } numbers for table "${name}" of shape [${shape}] but found ${data.length}`,
      );
    }
    if (dtype === "int32" && data instanceof Float32Array) {
      const fraction = data.find((number) => number !== (number | 0));
      if (fraction !== undefined) {
        throw new RangeError(
          `Expected table "${name}" to hold int32 but found ${fraction}`,
        );
      }
    }
    if (dtype !== "bool" || isOfBools(data)) return [name, table] as const;
    const bools = Uint8Array.from(data, (number) => number === 0 ? 0 : 1);
    return [name, { ...table, data: bools }] as const;
  });
  return Object.fromEntries(checked);
}

function checkData(name: string, data: unknown): void {
  const isArray = data instanceof Float32Array || data instanceof Int32Array ||
    data instanceof Uint8Array;
  if (isArray) return;
  const found = data instanceof Object ? data.constructor.name : String(data);
  throw new TypeError(
    `Expected the data of table "${name}" to be a Float32Array, Int32Array or Uint8Array but found ${found}`,
  );
}

function isOfBools(data: TableSpecs[string]["data"]): boolean {
  return data instanceof Uint8Array && data.every((byte) => byte <= 1);
}
