import * as tf from "@tensorflow/tfjs";
import { assertEquals, assertGreater, assertRejects } from "@std/assert";
import { createVae, type Vae } from "../../../../models/vae.ts";
import type { RunContext } from "../../../../pipelines/core/context.ts";
import { keyFrom } from "../../../../pipelines/core/random/key.ts";
import { execute } from "../../../../pipelines/core/run/execute.ts";
import { type Stage, stage } from "../../../../pipelines/core/stage.ts";
import type { ImageSplit } from "../../../../pipelines/images/images.ts";
import { sampleParameter } from "../../../../pipelines/training/sample_parameter.ts";
import { createAnnealer } from "../../../../pipelines/vae/estimators/annealer.ts";
import { quadratureMeter } from "../../../../pipelines/vae/measure_quadrature.ts";

const images: ImageSplit = {
  pixels: new Uint8Array(3 * 6),
  labels: new Uint8Array(3),
  count: 3,
  rows: 2,
  columns: 3,
};

/** A model that fails when it is called for the n-th time. */
function failingAt(n: number, vae: Vae): Vae {
  let calls = 0;
  const counted = <A, R>(f: (a: A) => R) => (a: A) => {
    if (++calls === n) throw new RangeError("Expected fewer calls");
    return f(a);
  };
  return { ...vae, encode: counted(vae.encode), decode: counted(vae.decode) };
}

/** Makes, with a model and in a context, what lives on the device. */
type Maker = (vae: Vae, context: RunContext) => Promise<Disposable>;

const makers: Readonly<Record<string, Maker>> = {
  createAnnealer: (vae, context) =>
    createAnnealer(vae, {
      pixels: 6,
      latent: 2,
      images: 3,
      chains: 2,
      leapfrogSteps: 1,
    }, context),
  quadratureMeter: (vae, context) => quadratureMeter(vae, images, 2, context),
};

for (const [name, make] of Object.entries(makers)) {
  Deno.test(`${name}() leaves nothing behind, whenever the model fails`, async () => {
    using vae = createVae(
      { pixels: 6, hidden: 4, latent: 2 },
      sampleParameter(keyFrom(1)),
    );
    const made: Stage<{ readonly n: number }, object> = stage("make", {
      needs: ["n"],
      adds: {},
    }, async ({ n }, context) => {
      using _made = await make(failingAt(n, vae), context);
      return {};
    });
    const before = tf.memory().numTensors;
    let n = 1;
    for (let fails = true; fails; n++) {
      const run = execute(made, { n }, { seed: 0, device: "cpu" });
      fails = await run.then(() => false, () => true);
      if (fails) await assertRejects(() => run, Error, "Expected fewer calls");
      assertEquals(tf.memory().numTensors, before, `call ${n}`);
    }
    assertGreater(n, 4);
  });
}
