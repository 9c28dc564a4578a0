import { assertEquals, assertMatch } from "@std/assert";
import type { Progress } from "../../../pipelines/core/context.ts";
import { execute } from "../../../pipelines/core/run/execute.ts";
import { loadFirstOfEach } from "../../../pipelines/images/load_first_of_each.ts";

const request = { data: "digits", validationImages: 7, testImages: 0 };

/** Loads, and tells how many training images each digit has and what was warned of. */
async function load(perDigit: number) {
  const warnings: string[] = [];
  const progress: Progress = {
    stage: () => {},
    update: () => {},
    note: () => {},
    warn: (text) => void warnings.push(text),
  };
  const { grey } = await execute(loadFirstOfEach, { ...request, perDigit }, {
    seed: 0,
    device: "tfjs",
    progress,
  });
  const counts = new Array<number>(10).fill(0);
  for (const label of grey.train.labels) counts[label]!++;
  return { grey, counts, warnings };
}

Deno.test("loadFirstOfEach keeps as many training images of each digit, and limits the others", async () => {
  const { grey, counts } = await load(12);
  assertEquals(counts, new Array(10).fill(12));
  assertEquals([grey.validation.count, grey.test.count], [7, 2000]);
});

Deno.test("loadFirstOfEach takes fewer where a digit is rare, and says so", async () => {
  const { counts, warnings } = await load(5000);
  assertEquals(new Set(counts).size, 1);
  const rarest = new RegExp(
    `^digits has ${counts[0]}, not 5000, training images of its rarest digit`,
  );
  assertEquals(warnings.filter((text) => rarest.test(text)).length, 1);
  assertMatch(String(counts[0]), /^9\d\d$/); // about 1,000 of 10,000
});
