import { assertAlmostEquals } from "@std/assert";
import * as tf from "@tensorflow/tfjs";
import { compile } from "../../../compile/compile.ts";
import { Categorical } from "../../../models/distributions/categorical.ts";
import { valueAndGradients } from "../../../models/gradients/value_and_gradients.ts";
import { meanOverTokens } from "../../../models/objectives/mean_over_tokens.ts";
import { tokenCrossEntropy } from "../../../models/objectives/token_cross_entropy.ts";
import labels from "../../golden/translation/label_smoothing.json" with {
  type: "json",
};
import { tensorOf } from "../../golden/translation/tensor.ts";
import { assertClose } from "../assert_close.ts";

/** Five exponentials, their sum, and a mean of up to six tokens. */
const roundings = 24;

for (const [i, golden] of labels.cases.entries()) {
  const logits = tensorOf(golden.logits);
  const targets = tf.tensor1d(golden.targets.flat(), "int32");
  const isToken = targets.notEqual(golden.padding).cast("float32").as1D();
  const loss = (smoothing: number) => () =>
    meanOverTokens(
      tokenCrossEntropy(
        logits.reshape([-1, logits.shape[2]!]),
        targets,
        { labelSmoothing: smoothing },
      ),
      isToken,
    );

  Deno.test(`smoothed cross-entropy over real tokens has PyTorch's value and gradient, case ${i + 1}`, () => {
    const { value, gradients } = valueAndGradients(loss(golden.eps), {
      logits,
    });
    assertClose(value, golden.pytorch.value, { roundings });
    assertClose(gradients["logits"]!, golden.pytorch.gradient.data, {
      roundings,
    });
  });

  Deno.test(`compiled, its gradient is the same, case ${i + 1}`, async () => {
    const [batch, length, classes] = logits.shape;
    const rows = batch! * length!; // rank 3
    using step = await compile(({ x }) => {
      const { value, gradients } = valueAndGradients(
        () =>
          meanOverTokens(
            tokenCrossEntropy(x, targets, { labelSmoothing: golden.eps }),
            isToken,
          ),
        { x },
      );
      return { loss: value, gradient: gradients["x"]! };
    }, {
      inputs: { x: { shape: [rows, classes!] } },
      device: "cpu",
      threads: 1,
    });
    const x = Float32Array.from(golden.logits.data);
    const { loss, gradient } = await step.run({ x });
    assertClose(loss.data, golden.pytorch.value, { roundings });
    assertClose(gradient.data, golden.pytorch.gradient.data, { roundings });
  });

  Deno.test(`without smoothing it is the negative log probability, case ${i + 1}`, () => {
    const nll = loss(0)().dataSync()[0]!;
    assertClose([nll], golden.nllPerToken, { roundings });
    assertAlmostEquals(Math.exp(nll), golden.perplexity, 1e-4);
    const logProb = new Categorical(logits.reshape([-1, logits.shape[2]!]))
      .logProb(targets).as1D();
    assertClose(meanOverTokens(logProb.neg(), isToken), nll, { roundings });
  });
}
