/**
 * Where a model looks while it reads one text, as the page shows it.
 * @module
 */
import * as tf from "@tensorflow/tfjs";
import type { AttentionWeights } from "../../text/attention_weights.ts";
import type { AttentionMap } from "../../viewer/explore/attention/attention_maps.ts";

/** A text as the model reads it. */
export interface ReadText {
  /** What its parts are, such as "word". */
  readonly unit: string;
  /** Parts of the source; none where the model reads no source. */
  readonly source: readonly string[];
  /** Parts to predict. */
  readonly target: readonly string[];
  /** The part before each of these. */
  readonly before: readonly string[];
}

type Kind = keyof AttentionWeights;
type Labels = Omit<AttentionMap, "layers" | "heads" | "weights">;

/**
 * Computes the weights of one text, rounded to bytes, and names what looks at what.
 *
 * @param attend Computes the weights, in batches of one; positions beyond those of the text are padding.
 * @param text The text.
 * @returns A map for each kind of attention that the model has.
 */
export async function attentionMaps(
  attend: () => AttentionWeights,
  text: ReadText,
): Promise<readonly AttentionMap[]> {
  const labels = labelsOf(text);
  const kinds = Object.keys(labels) as readonly Kind[]; // as typed
  const scaled = tf.tidy(() => {
    const weights = attend();
    const has = kinds.filter((kind) => weights[kind].length > 0);
    return Object.fromEntries(
      has.map((kind) => [kind, scale(weights[kind], labels[kind])]),
    );
  });
  try {
    const maps: AttentionMap[] = [];
    for (const kind of kinds) {
      const tensor = scaled[kind];
      if (tensor === undefined) continue;
      const [layers = 0, heads = 0] = tensor.shape;
      const weights = Uint8Array.from(await tensor.data());
      maps.push({ ...labels[kind], layers, heads, weights });
    }
    return maps;
  } finally {
    tf.dispose(scaled);
  }
}

/** [layer][1, head, from, to] -> [layer, head, row, column], whole numbers from 0 to 255 */
function scale(
  layers: readonly tf.Tensor[],
  { rows, columns }: Labels,
): tf.Tensor {
  const kept = layers.map((layer) => {
    const [, heads = 0] = layer.shape; // rank 4
    const size = [1, heads, rows.length, columns.length];
    return layer.slice([0, 0, 0, 0], size);
  });
  return tf.concat(kept, 0).mul(255).round();
}

/** What looks, and at what; a model without a source has but one kind. */
function labelsOf(
  { unit, source, target, before }: ReadText,
): Readonly<Record<Kind, Labels>> {
  const isAlone = source.length === 0;
  const predicting = { rowTitle: `Predicting ${unit}`, rows: target };
  return {
    cross: {
      name: "Decoder, at the source",
      ...predicting,
      columnTitle: `source ${unit}`,
      columns: source,
    },
    target: {
      name: isAlone ? "At the text so far" : "Decoder, at what it has written",
      ...predicting,
      columnTitle: unit,
      columns: before,
    },
    source: {
      name: "Encoder, at the source",
      rowTitle: `Reading source ${unit}`,
      rows: source,
      columnTitle: `source ${unit}`,
      columns: source,
    },
  };
}
