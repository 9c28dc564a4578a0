import { assertEquals } from "@std/assert";
import { historyPoints } from "../../../pipelines/charts/history_points.ts";

const history = [
  { step: 0, epoch: 0, values: { "validation/kl": 3 } },
  { step: 5, epoch: 0.5, values: { "train/kl": 2 } },
  { step: 10, epoch: 1, values: { "validation/kl": 1 } },
];

Deno.test("historyPoints() passes over records without the measurement", () => {
  assertEquals(historyPoints(history, "validation/kl"), [
    { x: 0, y: 3 },
    { x: 10, y: 1 },
  ]);
  assertEquals(historyPoints(history, "validation/kl", "epoch"), [
    { x: 0, y: 3 },
    { x: 1, y: 1 },
  ]);
});
