import { assertEquals } from "@std/assert";
import { publishedBound } from "../../../../pipelines/vae/iwae/published_bound.ts";

/**
 * Burda, Grosse & Salakhutdinov 2016, table 1, MNIST: one row for each k, with -log p(x) and active units of
 * VAE and IWAE; with two layers of latents the units of both. Cells of the table that nothing is compared with are `-`.
 */
const TABLE = `
  layers k  VAE          IWAE
  1      1  86.76 19     86.76 19
  1      5  86.47 20     85.54 22
  1      50 86.35 20     84.78 25
  2      1  85.33 16+5   -
  2      5  -            83.89 21+5
  2      50 -            82.90 26+7
`;

Deno.test("publishedBound() says what the paper's table says of the rows that runs are compared with, and nothing else", () => {
  const rows = TABLE.trim().split("\n").slice(1)
    .map((row) => row.trim().split(/\s+/));
  const objectives = ["vae", "iwae"] as const;
  let known = 0;
  for (const [layers, k, ...cells] of rows) {
    for (const objective of objectives) {
      const nll = cells.shift()!;
      const found = publishedBound(objective, Number(k), Number(layers));
      if (nll === "-") {
        assertEquals(found, undefined, `${objective} ${k} ${layers}`);
        continue;
      }
      const units = cells.shift()!.split("+").map(Number);
      assertEquals(found, {
        logLikelihood: -Number(nll),
        activeUnits: units.reduce((sum, count) => sum + count),
      }, `${objective} ${k} ${layers}`);
      known++;
    }
  }
  assertEquals(known, 9);
  assertEquals(publishedBound("iwae", 2, 1), undefined);
});
