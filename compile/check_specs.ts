/**
 * What a function is declared to take is checked before it is traced.
 * @module
 */
import { elementCount, type Shape } from "./graph/shape.ts";
import type { InputSpecs, TableSpecs } from "./types.ts";

/**
 * Checks that the lengths of all axes are known.
 *
 * @throws {RangeError} If one is not a whole number from 0 on.
 */
export function checkShapes(
  kind: "input" | "table",
  specs: Readonly<Record<string, { readonly shape: Shape }>>,
): void {
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
 * Checks tables.
 *
 * @returns The tables, whose bools are 0 and 1.
 * @throws {TypeError} If a name is that of an input.
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

function isOfBools(data: TableSpecs[string]["data"]): boolean {
  return data instanceof Uint8Array && data.every((byte) => byte <= 1);
}
