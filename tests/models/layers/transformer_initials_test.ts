import { assertAlmostEquals, assertEquals } from "@std/assert";
import { transformerInitials } from "../../../models/layers/transformer_initials.ts";

const sizes = { width: 16, sublayers: 4 };

Deno.test("glorot: embeddings of variance 1 / width, and uniform weights of variance 2 / (inputs + outputs)", () => {
  const { embedding, sublayer, head } = transformerInitials("glorot", sizes);
  assertEquals(embedding, { kind: "normal", standardDeviation: 0.25 });
  for (const initial of [sublayer.read, sublayer.write, head]) {
    const { kind, limit } = initial(8, 24) as { kind: string; limit: number };
    assertEquals(kind, "uniform");
    assertAlmostEquals(limit ** 2 / 3, 2 / 32, 1e-12);
  }
});

Deno.test("gpt2: normal of 0.02, over the root of the sublayers where weights write", () => {
  const { embedding, sublayer, head } = transformerInitials("gpt2", sizes);
  const of = (standardDeviation: number) => ({
    ...{ kind: "normal", standardDeviation },
  });
  assertEquals<unknown>(embedding, of(0.02));
  assertEquals<unknown>(sublayer.read(8, 24), of(0.02));
  assertEquals<unknown>(sublayer.write(8, 24), of(0.01));
  assertEquals<unknown>(head(8, 24), of(0.02));
});
