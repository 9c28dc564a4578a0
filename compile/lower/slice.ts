/**
 * Slices, paddings and joins.
 * @module
 */
import * as tf from "@tensorflow/tfjs";
import type { Graph } from "../graph/graph.ts";
import { reshape } from "../graph/layout.ts";
import { elementCount, positiveAxes, positiveAxis } from "../graph/shape.ts";
import { concat, pad, slice } from "../graph/slicing.ts";
import type { Value } from "../graph/value.ts";
import { rule, type Rules } from "./rule.ts";

export const sliceRules: Rules = {
  Slice: rule<tf.SliceInputs, tf.SliceAttrs>(
    (graph, { x }, { begin, size }) => {
      const [starts, lengths] = tf.slice_util.parseSliceParams(
        describe(x),
        begin,
        size,
      );
      return slice(graph, x, starts!, lengths!); // two lists
    },
  ),
  StridedSlice: rule<tf.StridedSliceInputs, tf.StridedSliceAttrs>(stridedSlice),
  Reverse: rule<tf.ReverseInputs, tf.ReverseAttrs>((graph, { x }, { dims }) => {
    const axes = positiveAxes(dims, x.shape.length);
    const isReversed = x.shape.map((_, axis) => axes.includes(axis));
    const begin = isReversed.map((yes, axis) => yes ? x.shape[axis]! - 1 : 0);
    return slice(
      graph,
      x,
      begin,
      x.shape,
      isReversed.map((yes) => yes ? -1 : 1),
    );
  }),
  FlipLeftRight: rule<tf.FlipLeftRightInputs>((graph, { image }) => {
    const width = image.shape[2]!; // images have four axes
    return slice(graph, image, [0, 0, width - 1, 0], image.shape, [
      1,
      1,
      -1,
      1,
    ]);
  }),
  Concat: rule<tf.ConcatInputs, tf.ConcatAttrs>((graph, parts, { axis }) => {
    const values = [...parts];
    return concat(graph, values, positiveAxis(axis, values[0]!.shape.length));
  }),
  Pack: rule<tf.PackInputs, tf.PackAttrs>((graph, parts, attributes) => {
    const rank = parts[0]!.shape.length + 1; // one part at least
    const axis = positiveAxis(attributes.axis, rank);
    const rows = parts.map((part) => {
      return reshape(graph, part, part.shape.toSpliced(axis, 0, 1));
    });
    return concat(graph, rows, axis);
  }),
  Unpack: rule<tf.UnpackInputs, tf.UnpackAttrs>(
    (graph, { value }, attributes) => {
      const axis = positiveAxis(attributes.axis, value.shape.length);
      const shape = value.shape.toSpliced(axis, 1);
      const sizes = new Array<number>(value.shape[axis]!).fill(1); // the axis exists
      return split(graph, value, sizes, axis).map((part) => {
        return reshape(graph, part, shape);
      });
    },
  ),
  SplitV: rule<tf.SplitVInputs, tf.SplitVAttrs>((graph, { x }, attributes) => {
    const axis = positiveAxis(attributes.axis, x.shape.length);
    const sizes = tf.backend_util.prepareSplitSize(
      describe(x),
      attributes.numOrSizeSplits,
      axis,
    );
    return split(graph, x, sizes, axis);
  }),
  PadV2: rule<tf.PadV2Inputs, tf.PadV2Attrs>(
    (graph, { x }, { paddings, constantValue }) => {
      const [before, after] = bothSides(paddings);
      return pad(graph, x, before, after, constantValue);
    },
  ),
  MirrorPad: rule<tf.MirrorPadInputs, tf.MirrorPadAttrs>(mirrorPad),
};

/** What tfjs wants to know of a tensor, which is its shape. */
function describe(x: Value): tf.TensorInfo {
  return { shape: [...x.shape], dtype: "float32", dataId: {} };
}

type Counts = readonly number[];

function bothSides(
  paddings: readonly (readonly [number, number])[],
): readonly [Counts, Counts] {
  return [
    paddings.map(([before]) => before),
    paddings.map(([, after]) => after),
  ];
}

function stridedSlice(
  graph: Graph,
  { x }: { readonly x: Value },
  a: tf.StridedSliceAttrs,
): Value {
  const { finalShape, begin, end, strides } = tf.slice_util.sliceInfo(
    [...x.shape],
    a.begin,
    a.end,
    a.strides,
    a.beginMask,
    a.endMask,
    a.ellipsisMask,
    a.newAxisMask,
    a.shrinkAxisMask,
  );
  const size = begin.map((from, axis) => {
    return Math.max(0, Math.ceil((end[axis]! - from) / strides[axis]!)); // one for each axis
  });
  if (elementCount(size) === 0) return graph.constant([], finalShape, x.dtype);
  return reshape(graph, slice(graph, x, begin, size, strides), finalShape);
}

function split(
  graph: Graph,
  x: Value,
  sizes: readonly number[],
  axis: number,
): readonly Value[] {
  if (sizes.length === 1) return [x];
  const descriptions = sizes.map((length) => {
    return { shape: x.shape.with(axis, length), dtype: x.dtype };
  });
  const inputs = [x, graph.integers(sizes)];
  return graph.applyMany("Split", inputs, descriptions, { axis });
}

/** "reflect" leaves the edge out of the mirror image; "symmetric" repeats it. */
function mirrorPad(
  graph: Graph,
  { x }: { readonly x: Value },
  { paddings, mode }: tf.MirrorPadAttrs,
): Value {
  const edge = mode === "reflect" ? 1 : 0;
  return paddings.reduce<Value>((padded, [before, after], axis) => {
    const length = padded.shape[axis]!; // one padding for each axis
    const mirror = (from: number, count: number) => {
      const begin = padded.shape.map((_, i) => i === axis ? from : 0);
      const strides = padded.shape.map((_, i) => i === axis ? -1 : 1);
      const size = padded.shape.with(axis, count);
      return slice(graph, padded, begin, size, strides);
    };
    const parts = [
      ...before > 0 ? [mirror(before - 1 + edge, before)] : [],
      padded,
      ...after > 0 ? [mirror(length - 1 - edge, after)] : [],
    ];
    return concat(graph, parts, axis);
  }, x);
}
