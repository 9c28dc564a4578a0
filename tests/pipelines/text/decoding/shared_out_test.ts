import { assert, assertEquals } from "@std/assert";
import { sharedOut } from "../../../../pipelines/text/decoding/decode_sentences.ts";

Deno.test("sharedOut() gives all threads as many sentences, in as few batches as there may be", () => {
  const limits = { lanes: 2, most: 51, least: 4 };
  const cases = [
    [1, 1, 1], // too few for two
    [7, 1, 7],
    [8, 2, 4],
    [9, 2, 5],
    [102, 2, 51],
    [103, 2, 26], // a second round of batches that are alike
    [200, 2, 50],
    [1000, 2, 50],
  ] as const;
  for (const [count, lanes, batch] of cases) {
    assertEquals(sharedOut(count, limits), { lanes, batch }, `${count}`);
  }
  assertEquals(sharedOut(200, { ...limits, lanes: 1 }), {
    lanes: 1,
    batch: 50,
  });
  assertEquals(sharedOut(3, { lanes: 4, most: 1, least: 1 }), {
    lanes: 3,
    batch: 1,
  });
});

Deno.test("sharedOut() never makes a batch too large, nor a lane that has none", () => {
  for (let count = 1; count < 300; count++) {
    for (const lanes of [1, 2, 3, 8]) {
      for (const most of [1, 6, 26, 128]) {
        const limits = { lanes, most, least: Math.min(most, 4) };
        const found = sharedOut(count, limits);
        const where = JSON.stringify({ count, ...limits, ...found });
        assert(found.batch >= 1 && found.batch <= most, where);
        assert(found.lanes >= 1 && found.lanes <= lanes, where);
        assert(Math.ceil(count / found.batch) >= found.lanes, where);
      }
    }
  }
});
