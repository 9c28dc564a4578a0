import { assert, assertEquals } from "@std/assert";
import { sharedOut } from "../../../../pipelines/text/decoding/decode_sentences.ts";

Deno.test("sharedOut() gives all threads as many sentences, in as few batches as there may be", () => {
  const limits = { lanes: 2, usual: 26, least: 4 };
  const cases = [
    [1, 1, 1], // too few for two
    [7, 1, 7],
    [8, 2, 4],
    [9, 2, 5],
    [52, 2, 26],
    [53, 2, 14], // a second round of batches that are alike
    [200, 2, 25],
    [540, 2, 27], // ten sentences for each place
    [1000, 2, 50],
    [5000, 2, 52], // twice as many at most
  ] as const;
  for (const [count, lanes, batch] of cases) {
    assertEquals(sharedOut(count, limits), { lanes, batch }, `${count}`);
  }
  assertEquals(sharedOut(50, { ...limits, lanes: 1 }), {
    lanes: 1,
    batch: 25,
  });
  assertEquals(sharedOut(3, { lanes: 4, usual: 1, least: 1 }), {
    lanes: 3,
    batch: 1,
  });
});

Deno.test("sharedOut() never makes a batch too large, nor a lane that has none", () => {
  for (let count = 1; count < 300; count++) {
    for (const lanes of [1, 2, 3, 8]) {
      for (const usual of [1, 6, 26, 128]) {
        const limits = { lanes, usual, least: Math.min(usual, 4) };
        const found = sharedOut(count, limits);
        const where = JSON.stringify({ count, ...limits, ...found });
        assert(found.batch >= 1 && found.batch <= 2 * usual, where);
        assert(found.lanes >= 1 && found.lanes <= lanes, where);
        assert(Math.ceil(count / found.batch) >= found.lanes, where);
      }
    }
  }
});
