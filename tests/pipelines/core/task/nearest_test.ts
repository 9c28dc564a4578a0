import { assertEquals } from "@std/assert";
import {
  editsBetween,
  nearest,
} from "../../../../pipelines/core/task/nearest.ts";

const distances: readonly (readonly [string, string, number])[] = [
  ["", "", 0],
  ["", "abc", 3],
  ["abc", "abc", 0],
  ["epohcs", "epochs", 1], // one swap
  ["kitten", "sitting", 3],
  ["ca", "abc", 3], // the restricted distance edits no part twice
];

for (const [from, to, edits] of distances) {
  Deno.test(`"${from}" and "${to}" are ${edits} edits apart`, () => {
    assertEquals(editsBetween(from, to), edits);
    assertEquals(editsBetween(to, from), edits);
  });
}

Deno.test("nearest() finds what was meant, and nothing for another word", () => {
  const flags = ["epochs", "latent", "learning-rate", "seed"];
  assertEquals(nearest("epoch", flags), "epochs");
  assertEquals(nearest("sede", flags), "seed");
  assertEquals(nearest("learningrate", flags), "learning-rate");
  assertEquals(nearest("temperature", flags), undefined);
});
