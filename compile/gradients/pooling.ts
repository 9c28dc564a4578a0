/**
 * Gradients of maxima and means over windows, and of those gradients.
 * @module
 */
import * as tf from "@tensorflow/tfjs";
import { gradientOf, noGradient, runKernel } from "./gradient.ts";
import {
  pixelCounts,
  planeWindows,
  type PoolAttributes,
  spaceWindows,
  type Windows,
  type WindowsOf,
} from "./windows.ts";

/** Gradients in place of those of tfjs, and of kernels that have none. */
export const poolingGradients: readonly tf.GradConfig[] = [
  ...meanGradients("AvgPool", "AvgPoolGrad", planeWindows),
  ...meanGradients("AvgPool3D", "AvgPool3DGrad", spaceWindows),
  ...maximumGradients("MaxPool", "MaxPoolGrad", planeWindows),
  maximumWithPositions(),
  ...maximumGradients("MaxPool3D", "MaxPool3DGrad", spaceWindows),
];

/**
 * A window divides by the pixels that it sees. The kernel that goes back divides by the places of the filter, so that
 * what it is given is multiplied by their ratio.
 */
function meanGradients(
  forward: string,
  backward: string,
  windowsOf: WindowsOf,
): readonly tf.GradConfig[] {
  return [
    gradientOf<PoolAttributes>(
      forward,
      { inputs: ["x"] },
      (dy, [x], attributes) => ({
        x: () => {
          const windows = windowsOf(x!.shape, attributes);
          const share = correct(dy, windows, (seen, places) => places / seen);
          return runKernel(backward, { dy: share, input: x! }, {
            ...attributes,
            pad: wholePadding(windows, attributes),
            dimRoundingMode: undefined,
          });
        },
      }),
    ),
    gradientOf<PoolAttributes>(
      backward,
      { inputs: ["input"] },
      (ddx, [input], attributes) => ({
        dy: () => {
          const windows = windowsOf(input!.shape, attributes);
          const means = runKernel(forward, { x: ddx }, attributes);
          return correct(means, windows, (seen, places) => seen / places);
        },
        input: () => noGradient(input!.shape),
      }),
    ),
  ];
}

/** Multiplies what belongs to a window by a ratio that depends on the pixels it sees. */
function correct(
  x: tf.Tensor,
  windows: Windows,
  ratio: (seen: number, places: number) => number,
): tf.Tensor {
  const places = windows.filter.reduce((a, b) => a * b);
  const seen = pixelCounts(windows);
  if (seen.every((count) => count === places)) return x;
  const ratios = Float32Array.from(seen, (count) => ratio(count, places));
  return tf.mul(x, tf.tensor(ratios, [...windows.outLengths, 1]));
}

/** The padding in numbers, where it depends on how sizes are rounded: the kernel of tfjs that goes back does not know. */
function wholePadding(
  windows: Windows,
  { pad, dimRoundingMode }: PoolAttributes,
): PoolAttributes["pad"] {
  if (dimRoundingMode === undefined) return pad;
  const sides = windows.before.map((before, axis) => {
    const reach = (windows.outLengths[axis]! - 1) * windows.strides[axis]! +
      windows.filter[axis]!; // one for each axis
    return [before, reach - windows.lengths[axis]! - before];
  });
  return [[0, 0], ...sides, [0, 0]];
}

/** All goes to the first of the largest pixels of a window, as in PyTorch. */
function maximumGradients(
  forward: string,
  backward: string,
  windowsOf: WindowsOf,
): readonly tf.GradConfig[] {
  return [
    gradientOf<PoolAttributes>(
      forward,
      { inputs: ["x"], outputs: [true] },
      (dy, [x, y], attributes) => ({
        x: () => runKernel(backward, { dy, input: x!, output: y! }, attributes),
      }),
    ),
    gradientOf<PoolAttributes>(
      backward,
      { inputs: ["input", "output"] },
      (ddx, [input, output], attributes) => ({
        dy: () => pickLargest(ddx, input!, windowsOf(input!.shape, attributes)),
        input: () => noGradient(input!.shape),
        output: () => noGradient(output!.shape),
      }),
    ),
  ];
}

/** As without positions; these have no gradient. */
function maximumWithPositions(): tf.GradConfig {
  return {
    kernelName: "MaxPoolWithArgmax",
    inputsToSave: ["x"],
    outputsToSave: [true, false],
    gradFunc: (dys, [x, y], attributes) => {
      const [dy] = dys as tf.Tensor[]; // of values and positions
      const inputs = { dy: dy!, input: x!, output: y! };
      return { x: () => runKernel("MaxPoolGrad", inputs, attributes) };
    },
  };
}

/** From each window, what stands in `x` where the first largest pixel of `images` is. */
function pickLargest(
  x: tf.Tensor,
  images: tf.Tensor,
  windows: Windows,
): tf.Tensor {
  const seen = cutPlaces(images, windows, -Infinity);
  const largest = seen.reduce((a, b) => tf.maximum(a, b));
  let isFree: tf.Tensor | undefined;
  const parts = cutPlaces(x, windows, 0).map((part, place) => {
    const isLargest = tf.equal(seen[place]!, largest); // as many places
    const isFirst = isFree ? tf.logicalAnd(isLargest, isFree) : isLargest;
    const isOther = tf.logicalNot(isLargest);
    isFree = isFree ? tf.logicalAnd(isFree, isOther) : isOther;
    return tf.mul(part, tf.cast(isFirst, "float32"));
  });
  return parts.reduce((a, b) => tf.add(a, b));
}

/** What each place of all windows sees. */
function cutPlaces(
  images: tf.Tensor,
  { filter, strides, before, lengths, outLengths }: Windows,
  filler: number,
): readonly tf.Tensor[] {
  const reach = outLengths.map((count, axis) =>
    (count - 1) * strides[axis]! + filter[axis]! // one for each axis
  );
  const around = reach.map((length, axis) => {
    const after = length - before[axis]! - lengths[axis]!;
    return [before[axis]!, Math.max(0, after)] as [number, number];
  });
  const padded = tf.pad(images, [[0, 0], ...around, [0, 0]], filler);
  const [batch, channels] = [images.shape[0]!, images.shape.at(-1)!];
  const places = filter.reduce<readonly (readonly number[])[]>(
    (all, length) =>
      all.flatMap((place) => Array.from({ length }, (_, i) => [...place, i])),
    [[]],
  );
  return places.map((place) => {
    const end = place.map((from, axis) =>
      from + (outLengths[axis]! - 1) * strides[axis]! + 1
    );
    return tf.stridedSlice(
      padded,
      [0, ...place, 0],
      [batch, ...end, channels],
      [1, ...strides, 1],
    );
  });
}
