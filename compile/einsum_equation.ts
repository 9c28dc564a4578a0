/**
 * Sums over products, as `tf.einsum()` spells them.
 * @module
 */
import { CompileError } from "./compile_error.ts";

/** An equation such as "ij,jk->ik", taken apart. */
export interface EinsumEquation {
  /** The letters of each operand's axes. */
  readonly operands: readonly string[];
  /** The letters of the result's axes. */
  readonly result: string;
  /** The length of the axes of each letter. */
  readonly lengths: ReadonlyMap<string, number>;
}

/**
 * Takes an equation apart.
 *
 * @param equation Operands, an arrow, and the result.
 * @param shapes Of the operands.
 * @throws {CompileError} If it is none, or does not fit the shapes.
 */
export function parseEinsum(
  equation: string,
  shapes: readonly (readonly number[])[],
): EinsumEquation {
  const refuse = (rule: string) => {
    throw new CompileError(
      `Cannot compute einsum("${equation}") of shapes ${
        shapes.map((shape) => `[${shape}]`).join(" and ")
      }: ${rule}`,
    );
  };
  const [before, result, ...more] = equation.replaceAll(/\s/g, "").split("->");
  if (before === undefined || result === undefined || more.length > 0) {
    return refuse("it needs one arrow");
  }
  if (!/^[a-zA-Z,]*$/.test(before + result) || result.includes(",")) {
    return refuse("name each axis by a letter, an ellipsis is none");
  }
  const operands = before.split(",");
  if (operands.length !== shapes.length) {
    return refuse(`it has ${operands.length} operands`);
  }
  const lengths = new Map<string, number>();
  for (const [i, letters] of operands.entries()) {
    const shape = shapes[i]!; // as many
    if (letters.length !== shape.length) {
      return refuse(`"${letters}" needs ${letters.length} axes`);
    }
    if (new Set(letters).size < letters.length) {
      return refuse(`"${letters}" names an axis twice`);
    }
    for (const [axis, letter] of [...letters].entries()) {
      const length = shape[axis]!; // as many
      const known = lengths.get(letter) ?? length;
      if (known !== length) {
        return refuse(`"${letter}" has the lengths ${known} and ${length}`);
      }
      lengths.set(letter, length);
    }
  }
  if (new Set(result).size < result.length) {
    return refuse("the result names an axis twice");
  }
  const unknown = [...result].find((letter) => !lengths.has(letter));
  if (unknown) return refuse(`no operand has an axis "${unknown}"`);
  return { operands, result, lengths };
}
