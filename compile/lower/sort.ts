/**
 * The largest elements.
 * @module
 */
import type * as tf from "@tensorflow/tfjs";
import { cast } from "../graph/elementwise.ts";
import { rule, type Rules } from "./rule.ts";

export const sortRules: Rules = {
  TopK: rule<tf.TopKInputs, tf.TopKAttrs>((graph, inputs, { k, sorted }) => {
    const { dtype } = inputs.x;
    const x = dtype === "bool" ? cast(graph, inputs.x, "int32") : inputs.x;
    const shape = x.shape.with(-1, k);
    const [values, indices] = graph.applyMany(
      "TopK",
      [x, graph.integers([k])],
      [{ shape, dtype: x.dtype }, { shape, dtype: "int64" }],
      { axis: x.shape.length - 1, largest: 1, sorted: Number(sorted) },
    );
    return [cast(graph, values!, dtype), cast(graph, indices!, "int32")]; // two descriptions, two results
  }),
};
