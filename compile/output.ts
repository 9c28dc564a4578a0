import type { ArrayOf, DType } from "./dtype.ts";

/** An output of a compiled function. */
export class Output<D extends DType = "float32"> {
  /** The numbers, in row-major order; bools are 0 or 1. */
  readonly data: ArrayOf<D>;
  /** Lengths of the axes. */
  readonly shape: readonly number[];

  /** From numbers in row-major order and the lengths of the axes. */
  constructor(data: ArrayOf<D>, shape: readonly number[]) {
    this.data = data;
    this.shape = shape;
  }

  /**
   * The number of an output that has just one.
   *
   * @throws {RangeError} If there are none or more.
   */
  item(): number {
    const [value] = this.data;
    if (value === undefined || this.data.length !== 1) {
      throw new RangeError(
        `Expected an output of one number but found shape [${this.shape}]`,
      );
    }
    return value;
  }
}
