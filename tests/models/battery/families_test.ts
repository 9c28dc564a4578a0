import { assert, assertEquals, assertNotEquals } from "@std/assert";
import * as tf from "@tensorflow/tfjs";
import { compile } from "../../../compile/compile.ts";
import type { Device } from "../../../compile/types.ts";
import { valueAndGradients } from "../../../models/gradients/value_and_gradients.ts";
import {
  decodeSafetensors,
  encodeSafetensors,
} from "../../../pipelines/core/run/checkpoints/safetensors.ts";
import {
  assignWeights,
  readWeights,
} from "../../../pipelines/training/weights.ts";
import { drawWave } from "../../golden/waves.ts";
import { assertClose } from "../assert_close.ts";
import { families } from "./families.ts";
import type { Subject, Tensors } from "./subject.ts";

/**
 * The sum of all outputs, each number weighed differently, so that none hides behind another.
 *
 * A probability is not changed by what is added to all logits, nor a sum of distances by a mean: cosines are no such
 * weights.
 */
function lossOf(outputs: Tensors): tf.Scalar {
  const parts = Object.values(outputs).map((output) => {
    const weights = Float32Array.from(
      { length: output.size },
      (_, i) => Math.cos(i + 1),
    );
    return output.mul(tf.tensor(weights, output.shape)).mean();
  });
  return tf.addN(parts).asScalar();
}

function valuesAndGradients(model: Subject, inputs: Tensors): Tensors {
  const outputs = model.outputs(inputs);
  const { gradients } = valueAndGradients(
    () => lossOf(model.outputs(inputs)),
    model.variables,
  );
  const named = Object.entries(gradients).map(([name, gradient]) =>
    [`gradient of ${name}`, gradient] as const
  );
  return { ...outputs, ...Object.fromEntries(named) };
}

async function runOn(
  device: Device,
  model: Subject,
  inputs: Tensors,
): Promise<Readonly<Record<string, Float32Array>>> {
  const entries = Object.entries(inputs);
  const specs = entries.map(([name, { shape, dtype }]) => {
    const type = dtype === "int32" ? "int32" : "float32";
    return [name, { shape, dtype: type }] as const;
  });
  using step = await compile(
    (tensors) => valuesAndGradients(model, tensors),
    { inputs: Object.fromEntries(specs), device, threads: 1 },
  );
  const feeds = entries.map(([name, tensor]) => [name, tensor.dataSync()]);
  const found = await step.run(Object.fromEntries(feeds));
  return Object.fromEntries(
    Object.entries(found).map(([name, { data }]) => [name, data]),
  );
}

/** All variables of a model, as a checkpoint holds them. */
function kept({ variables, state }: Subject): Subject["variables"] {
  return { ...variables, ...state };
}

for (const { name, create, inputs, shapes } of families) {
  Deno.test(`${name}: every parameter has a gradient`, () => {
    using model = create(drawWave);
    const { gradients } = valueAndGradients(
      () => lossOf(model.outputs(inputs())),
      model.variables,
    );
    for (const [path, gradient] of Object.entries(gradients)) {
      const largest = gradient.abs().max().dataSync()[0]!;
      assert(
        Number.isFinite(largest) && largest > 1e-7, // above the roundings of zero
        `${path}: ${largest}`,
      );
    }
  });

  Deno.test(`${name}: outputs have their shapes, and its tensors can be freed`, () => {
    const before = tf.memory().numTensors;
    {
      using model = create(drawWave);
      tf.tidy(() => {
        const found = Object.entries(model.outputs(inputs()))
          .map(([name, { shape }]) => [name, shape]);
        assertEquals(Object.fromEntries(found), shapes);
      });
    }
    assertEquals(tf.memory().numTensors, before);
  });

  Deno.test(`${name}: compiled it has the values and gradients that it has eagerly`, async () => {
    using model = create(drawWave);
    const eager = await runOn("tfjs", model, inputs());
    const compiled = await runOn("cpu", model, inputs());
    assertEquals(Object.keys(compiled), Object.keys(eager));
    for (const [name, expected] of Object.entries(eager)) {
      // some 20 sums of 20 products, whose order differs
      assertClose(compiled[name]!, [...expected], { roundings: 400, name });
    }
  });

  Deno.test(`${name}: loaded from what was saved it is the same model`, async () => {
    using model = create(drawWave);
    using other = create((spec) => drawWave(spec, 0.3));
    const valuesOf = (model: Subject) =>
      Object.values(model.outputs(inputs())).map((x) => [...x.dataSync()]);
    assertNotEquals(valuesOf(other), valuesOf(model));
    const saved = encodeSafetensors({
      tensors: await readWeights(kept(model)),
      metadata: {},
    });
    const { tensors } = await decodeSafetensors(saved, "what was saved");
    assignWeights(kept(other), tensors);
    assertEquals(valuesOf(other), valuesOf(model));
  });
}
