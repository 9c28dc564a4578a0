/**
 * A trained translator as files for any ONNX runtime.
 * @module
 */
import type * as tf from "@tensorflow/tfjs";
import { exportOnnx } from "../../compile/export.ts";
import { PAD } from "../text/parallel/tokens.ts";
import type { StoredTranslator } from "../translation/stored_translator.ts";
import type { NamedFile } from "./named_file.ts";

/**
 * Writes a translator: what reads sources, what reads one more token of each target, and the names of tokens.
 *
 * `encoder.onnx` takes `source`, int32, [batch, tokens], padded with 0, and gives `memory`, `isToken`, the first `state` and,
 * where the model has them, `keys`. `step.onnx` takes these with `token`, int32, [batch, 1], 1 at first, and gives the
 * `logits` of the next token, [batch, 1, vocabulary], and the next `newState`; of a recurrent translator with attention, the
 * `weights` of the sources, too.
 *
 * @param translator The translator.
 * @param doc What the files say of themselves.
 * @returns `encoder.onnx`, `step.onnx`, `source_tokens.json` and `target_tokens.json`: names by number.
 */
export async function exportTranslator(
  { decodable, maxSource, ...stored }: StoredTranslator,
  doc: string,
): Promise<readonly NamedFile[]> {
  const { stepwise, widths } = decodable;
  const encoder = await exportOnnx(({ source }) => {
    const isToken = source.notEqual(PAD).cast("float32") as tf.Tensor2D; // a matrix
    const { memory, keys, state } = stepwise.encode(source, isToken);
    return {
      memory,
      isToken,
      state: state.expandDims(1),
      ...keys && { keys },
    };
  }, {
    inputs: { source: { shape: ["batch", maxSource], dtype: "int32" } },
    name: "encoder",
    doc: `Encoder ${doc}: tokens of sentences to what the decoder looks at`,
  });
  const step = await exportOnnx(
    (tensors: Readonly<Record<string, tf.Tensor>>) => {
      const { token, state, memory, isToken, keys } = tensors;
      const said = stepwise.step(token as tf.Tensor2D, state!, { // inputs
        memory: memory!,
        isToken: isToken as tf.Tensor2D,
        ...keys && { keys },
      });
      return {
        logits: said.logits,
        newState: said.state,
        ...said.weights && { weights: said.weights },
      };
    },
    {
      inputs: {
        token: { shape: ["batch", 1], dtype: "int32" },
        state: { shape: ["batch", 1, widths.state] },
        memory: { shape: ["batch", maxSource, widths.memory] },
        isToken: { shape: ["batch", maxSource] },
        ...widths.keys > 0 &&
          { keys: { shape: ["batch", maxSource, widths.keys] } },
      },
      name: "step",
      doc: `Decoder ${doc}: one more token of each sentence`,
    },
  );
  const namesOf = (names: readonly string[]) =>
    new TextEncoder().encode(`${JSON.stringify(names)}\n`);
  return [
    ["encoder.onnx", encoder],
    ["step.onnx", step],
    ["source_tokens.json", namesOf(stored.sourceTokens.names)],
    ["target_tokens.json", namesOf(stored.targetTokens.names)],
  ];
}
