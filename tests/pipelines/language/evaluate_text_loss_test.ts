import { assertAlmostEquals, assertEquals } from "@std/assert";
import type { NamedParameterSpec } from "../../../models/parameters/parameters.ts";
import { createTransformer } from "../../../models/transformer.ts";
import { execute } from "../../../pipelines/core/run/execute.ts";
import { evaluateTextLoss } from "../../../pipelines/language/evaluate_text_loss.ts";
import { causalSequences } from "../../../pipelines/text/causal_sequences.ts";
import { smallText } from "./small_text.ts";

const zeros = ({ shape }: NamedParameterSpec) =>
  new Float32Array(shape.reduce((size, side) => size * side, 1));

Deno.test("evaluateTextLoss() of a model that knows nothing is the logarithm of its vocabulary", async () => {
  using transformer = createTransformer({
    ...{ vocabulary: 4, context: 5, width: 4, heads: 2, layers: 1 },
    ...{ feedForward: 4, normalization: "pre" },
  }, zeros);
  const { vocabulary } = smallText;
  const sizes = { vocabulary, context: 5, width: 4, layers: 1 };
  const model = causalSequences(transformer, sizes);
  const { testLoss, validationLoss } = await execute(
    evaluateTextLoss,
    { model, text: smallText, measureWindows: 0 },
    { seed: 0, device: "cpu", threads: 1 },
  );
  assertAlmostEquals(testLoss.all.mean, Math.log(4), 1e-6);
  assertAlmostEquals(testLoss.secondHalf.mean, Math.log(4), 1e-6);
  assertAlmostEquals(testLoss.all.standardError, 0, 1e-6);
  assertEquals(validationLoss.all.mean, testLoss.all.mean);
});
