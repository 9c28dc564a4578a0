import * as tf from "@tensorflow/tfjs";
import {
  assertAlmostEquals,
  assertEquals,
  assertNotEquals,
  assertRejects,
} from "@std/assert";
import {
  buildTransformer,
  type TransformerSizes,
} from "../../../pipelines/language/build_transformer.ts";
import { keyFrom } from "../../../pipelines/core/random/key.ts";
import { execute } from "../../../pipelines/core/run/execute.ts";
import { StageError } from "../../../pipelines/core/stage_error.ts";
import type { OwnedSequenceModel } from "../../../pipelines/text/sequence_model.ts";
import { smallSizes, smallText } from "./small_text.ts";

async function withModel(
  changes: Partial<TransformerSizes>,
  use: (model: OwnedSequenceModel) => void | Promise<void>,
): Promise<void> {
  const input = { ...smallSizes, ...changes, text: smallText };
  const { model } = await execute(buildTransformer, input, { seed: 0 });
  using owned = model;
  await use(owned);
}

const windows = (rows: readonly number[][]) =>
  tf.tensor2d(rows.map((row) => [...row]), undefined, "int32");

Deno.test("buildTransformer() names a place for what enters and for each layer", async () => {
  await withModel({ layers: 2 }, ({ places }) => {
    assertEquals(places.map(({ name, layer }) => [name, layer]), [
      ["embedding", 0],
      ["layer01", 1],
      ["layer02", 2],
    ]);
  });
  await withModel({ layers: 1, architecture: "encoder-decoder" }, (model) => {
    assertEquals(model.places.map(({ name }) => name), [
      "encoder/embedding",
      "encoder/layer01",
      "decoder/embedding",
      "decoder/layer01",
    ]);
  });
});

for (const architecture of ["causal", "encoder-decoder"] as const) {
  Deno.test(`every place of a ${architecture} model has weights, and none shares its own`, async () => {
    await withModel({ architecture }, ({ places, variables }) => {
      const names = Object.keys(variables);
      const owned = places.map(({ weights }) =>
        names.filter((name) => name.startsWith(weights))
      );
      assertEquals(owned.every(({ length }) => length > 0), true);
      const all = owned.flat();
      assertEquals(new Set(all).size, all.length);
    });
  });
}

Deno.test("a causal model reads windows as each character and the one after it", async () => {
  await withModel({ context: 3 }, ({ cut, window }) => {
    assertEquals(window, 4);
    const { before, target } = cut(windows([[1, 2, 3, 0]]));
    assertEquals(before.arraySync(), [[1, 2, 3]]);
    assertEquals(target.arraySync(), [[2, 3, 0]]);
  });
});

Deno.test("an encoder-decoder reads windows as a source and its copy or reversal", async () => {
  const sizes = { architecture: "encoder-decoder", context: 3 } as const;
  await withModel({ ...sizes, translation: "reversal" }, (model) => {
    const { source, before, target } = model.cut(windows([[1, 2, 3]]));
    assertEquals(source.arraySync(), [[1, 2, 3]]);
    assertEquals(before.arraySync(), [[model.begin, 3, 2]]);
    assertEquals(target.arraySync(), [[3, 2, 1]]);
  });
  await withModel({ ...sizes, translation: "copy" }, (model) => {
    const { before, target } = model.cut(windows([[1, 2, 3]]));
    assertEquals(before.arraySync(), [[model.begin, 1, 2]]);
    assertEquals(target.arraySync(), [[1, 2, 3]]);
  });
});

Deno.test("a causal model does not look at what it predicts", async () => {
  await withModel({ context: 3 }, (model) => {
    const logitsOf = (last: number) =>
      model.predict(model.cut(windows([[1, 2, last, 0]]))).next.logits
        .slice([0, 0], [1, 2]).arraySync();
    assertEquals(logitsOf(3), logitsOf(0));
  });
});

Deno.test("redraw() gives the weights of a model built with that key", async () => {
  await withModel({}, async ({ variables, redraw }) => {
    const [name, variable] = Object.entries(variables)[0]!;
    const first = [...await variable.data()];
    redraw(keyFrom(1));
    const second = [...await variable.data()];
    redraw(keyFrom(1));
    assertEquals([...await variable.data()], second, name);
    assertNotEquals(second, first);
  });
});

Deno.test("models with other layer norms or depths share the weights of equal names", async () => {
  await withModel({ normalization: "pre", layers: 1 }, async (shallow) => {
    await withModel({ normalization: "post", layers: 3 }, async (deep) => {
      const name = "stack/layers/0/attention/sublayer/query/weight";
      assertEquals(
        await shallow.variables[name]!.data(),
        await deep.variables[name]!.data(),
      );
    });
  });
});

Deno.test("unit vectors enter: tokens and positions of sinusoidal models have mean squares 1 and 1/2", async () => {
  await withModel({ width: 256, heads: 1 }, (model) => {
    const { activations } = model.predict(
      model.cut(windows([[0, 1, 2, 3, 0, 1]])),
    );
    const meanSquare = activations[0]!.square().mean().dataSync()[0]!;
    // 4 tokens of 256 normal numbers: the mean of 1024 squares has a standard deviation of sqrt(2 / 1024) = 0.044,
    // and their products with the waves one of sqrt(4 * 1/2 / 1024) = 0.044 more.
    assertAlmostEquals(meanSquare, 1.5, 4 * Math.hypot(0.044, 0.044));
  });
});

Deno.test("buildTransformer() refuses heads that do not divide the width", async () => {
  await assertRejects(
    () => withModel({ width: 8, heads: 3 }, () => {}),
    StageError,
    "Expected heads to divide the width 8 but found 3",
  );
});
