import * as tf from "@tensorflow/tfjs";
import { assertAlmostEquals, assertEquals } from "@std/assert";
import { buildTransformer } from "../../../pipelines/language/build_transformer.ts";
import { execute } from "../../../pipelines/core/run/execute.ts";
import { sequenceNorms } from "../../../pipelines/language/sequence_norms.ts";
import { smallSizes, smallText } from "./small_text.ts";

/** Sums of a few hundred float32 products in two orders differ by less than this part of their size. */
const RELATIVE = 1e-4;

function assertClose(found: number, expected: number): void {
  assertAlmostEquals(found, expected, RELATIVE * Math.abs(expected));
}

const cases = [
  ["causal", "pre"],
  ["causal", "post"],
  ["encoder-decoder", "pre"],
  ["encoder-decoder", "post"],
] as const;

for (const [architecture, normalization] of cases) {
  Deno.test(`sequenceNorms() are those of explicit gradients, ${architecture}, ${normalization}`, async () => {
    const input = {
      ...smallSizes,
      architecture,
      normalization,
      text: smallText,
    };
    const { model } = await execute(buildTransformer, input, { seed: 3 });
    using owned = model;
    const { places, variables, context, width } = owned;
    const windows = tf.tensor2d(
      smallText.train.subarray(0, 3 * owned.window),
      [3, owned.window],
      "int32",
    );
    const { target, ...parts } = owned.cut(windows);
    const lossOf = (probes?: readonly tf.Tensor[]) =>
      owned.predict(parts, probes).next.logProb(target).mean<tf.Scalar>().neg();
    const norms = sequenceNorms(owned, windows);
    const read = (x: tf.Tensor) => [...x.dataSync()];

    assertClose(read(norms.loss)[0]!, read(lossOf())[0]!);

    const plain = tf.variableGrads(
      () => lossOf(),
      Object.values(variables),
    );
    const names = new Map(
      Object.entries(variables).map(([name, { name: own }]) => [own, name]),
    );
    const activation = read(norms.activation);
    const activationGradient = read(norms.activationGradient);
    const weightGradient = read(norms.weightGradient);
    assertEquals(activation.length, places.length);
    const { activations } = owned.predict(parts);
    const zeros = tf.zeros([3, context, width]);
    places.forEach(({ name, weights }, i) => {
      const squares = Object.entries(plain.grads)
        .filter(([own]) => names.get(own)!.startsWith(weights))
        .map(([, gradient]) => read(gradient.square().sum())[0]!);
      const length = Math.sqrt(squares.reduce((sum, one) => sum + one, 0));
      assertClose(weightGradient[i]!, length);

      // A pass of its own for each place: the loss as a function of what is added there.
      const gradient = tf.grad((probe: tf.Tensor) =>
        lossOf(places.map((_, j) => i === j ? probe : zeros))
      )(tf.zerosLike(zeros)); // another tensor: the same would stand for all places
      assertClose(activationGradient[i]!, read(gradient.norm())[0]!);
      const rms = read(activations[i]!.square().mean().sqrt())[0]!;
      assertAlmostEquals(activation[i]!, rms, RELATIVE * rms, name);
    });
  });
}

Deno.test("the gradient after a layer is the slope of the loss along it", async () => {
  const input = { ...smallSizes, text: smallText };
  const { model } = await execute(buildTransformer, input, { seed: 5 });
  using owned = model;
  const windows = tf.tensor2d([[1, 2, 3, 0, 1, 2]], undefined, "int32");
  const { target, ...parts } = owned.cut(windows);
  const shape = [1, owned.context, owned.width];
  const zeros = tf.zeros(shape);
  const lossAt = (probe: tf.Tensor) =>
    owned.predict(parts, [zeros, probe, zeros]).next.logProb(target).mean()
      .neg().dataSync()[0]!;
  const gradient = tf.grad((probe: tf.Tensor) =>
    owned.predict(parts, [zeros, probe, zeros]).next.logProb(target)
      .mean<tf.Scalar>().neg()
  )(tf.zerosLike(zeros)); // another tensor: the same would stand for all places
  const length = gradient.norm().dataSync()[0]!;
  const found = sequenceNorms(owned, windows).activationGradient.dataSync()[1]!;
  assertAlmostEquals(found, length, RELATIVE * length);
  const step = 1e-2; // central differences err by step^2 = 1e-4, and by rounding of 1e-7 / 2e-2
  const along = gradient.div(length);
  const slope = (lossAt(along.mul(step)) - lossAt(along.mul(-step))) / 2 / step;
  assertAlmostEquals(slope, length, 1e-3);
});
