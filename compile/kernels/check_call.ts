/**
 * What a kernel cannot be called with, on every device alike.
 * @module
 */
import type * as tf from "@tensorflow/tfjs";
import { CompileError } from "../compile_error.ts";
import type { DType } from "../dtype.ts";
import { parseEinsum } from "../einsum_equation.ts";

/** A tensor's shape and type. */
export interface Operand {
  readonly shape: readonly number[];
  readonly dtype: DType;
}

/** Operands by name, those of a list by number. */
export type Operands = Readonly<Record<string, Operand>>;

/**
 * Checks the attributes of a kernel call against its operands.
 *
 * @throws {CompileError} If there is no right result for them.
 */
export function checkCall(
  kernel: string,
  operands: Operands,
  attributes: tf.NamedAttrMap,
): void {
  CHECKS[kernel]?.(operands, attributes);
}

const CHECKS: Readonly<
  Record<string, (operands: Operands, attributes: tf.NamedAttrMap) => void>
> = {
  ClipByValue: ({ x }, attributes) => {
    const { clipValueMin, clipValueMax } =
      attributes as unknown as tf.ClipByValueAttrs;
    for (const bound of [clipValueMin, clipValueMax]) {
      if (Number.isFinite(bound)) checkHolds("ClipByValue", x!, bound);
    }
  },
  PadV2: ({ x }, attributes) => {
    const { constantValue } = attributes as unknown as tf.PadV2Attrs;
    checkHolds("PadV2", x!, constantValue);
  },
  ...Object.fromEntries(
    ["Conv2D", "DepthwiseConv2dNative", "FusedConv2D", "FusedDepthwiseConv2D"]
      .map((kernel) => [kernel, ({ filter }, attributes) => {
        checkEvenPadding(kernel, filter!.shape, attributes);
      }]),
  ),
  ...Object.fromEntries(
    ["AvgPool", "MaxPool"].map((kernel) => [kernel, (_operands, attributes) => {
      const size = attributes["filterSize"] as number | number[]; // of these kernels
      checkEvenPadding(kernel, [size].flat(), attributes);
    }]),
  ),
  OneHot: (_operands, attributes) => {
    const { dtype, onValue, offValue } =
      attributes as unknown as tf.OneHotAttrs;
    for (const value of [onValue, offValue]) {
      checkHolds("OneHot", { shape: [], dtype: dtype as DType }, value); // tfjs has no one-hot strings
    }
  },
  Step: ({ x }, attributes) => {
    const { alpha = 0 } = attributes as unknown as tf.StepAttrs;
    checkHolds("Step", x!, alpha);
  },
  Slice: ({ x }, attributes) => {
    const { begin, size } = attributes as unknown as tf.SliceAttrs;
    const starts = [begin].flat(); // without those of the last axes, which are 0
    const counts = [size].flat(); // likewise; -1 is the rest
    x!.shape.forEach((length, axis) => {
      const start = starts[axis] ?? 0;
      const given = counts[axis] ?? -1;
      const count = given === -1 ? length - start : given;
      if (start >= 0 && count >= 0 && start + count <= length) return;
      throw new CompileError(
        `Expected a slice within axis ${axis} of length ${length} but found ${count} from ${start}`,
      );
    });
  },
  Einsum: (operands, attributes) => {
    const { equation } = attributes as unknown as tf.EinsumAttrs;
    parseEinsum(equation, Object.values(operands).map(({ shape }) => shape));
  },
};

/**
 * TensorFlow.js computes the width of a result as it does the height, where the padding is one number.
 *
 * @throws {CompileError} If the two differ.
 */
function checkEvenPadding(
  kernel: string,
  [height, width = height]: readonly number[],
  attributes: tf.NamedAttrMap,
): void {
  const { pad, strides } = attributes as {
    readonly pad: unknown;
    readonly strides: number | readonly number[];
  };
  const [down, across = down] = [strides].flat();
  if (typeof pad !== "number") return;
  if (height === width && down === across) return;
  throw new CompileError(
    `Cannot compile ${kernel} with the padding ${pad} for all sides, as its windows or strides are not square: give each side, as [[0, 0], [${pad}, ${pad}], [${pad}, ${pad}], [0, 0]]`,
  );
}

/** @throws {CompileError} If a number has no place among those of a type. */
function checkHolds(kernel: string, { dtype }: Operand, value: number): void {
  if (dtype === "float32") return;
  if (dtype === "int32" && value === (value | 0)) return;
  if (dtype === "bool" && (value === 0 || value === 1)) return;
  throw new CompileError(
    `Cannot compile ${kernel} of ${dtype} with ${value}: cast it to float32, or give a number that ${dtype} holds`,
  );
}
