import { assertAlmostEquals, assertEquals } from "@std/assert";
import { convConditionerSpecs } from "../../../models/flows/conditioners.ts";

/** Limits of what filters and biases of the hidden layers begin with, for 5 inputs and 7 hidden channels. */
const cases = [
  ["fan-in", 1 / Math.sqrt(9 * 5), 1 / Math.sqrt(7)],
  ["he-uniform", Math.sqrt(6 / (9 * 5)), Math.sqrt(6 / 7)],
  [
    "glorot-uniform",
    Math.sqrt(6 / (9 * (5 + 7))),
    Math.sqrt(6 / (7 + 7)),
  ],
] as const;

for (const [initialization, first, second] of cases) {
  Deno.test(`hidden layers of a convolutional conditioner begin by ${initialization}, and the last one at zero`, () => {
    const specs = convConditionerSpecs(5, { hidden: 7, initialization }, 4);
    const limits = [specs.first, specs.second].map(({ filter: { initial } }) =>
      initial.kind === "uniform" ? initial.limit : NaN
    );
    assertAlmostEquals(limits[0]!, first, 1e-12);
    assertAlmostEquals(limits[1]!, second, 1e-12);
    const zero = { kind: "constant", value: 0 } as const;
    assertEquals(specs.output.filter, { shape: [3, 3, 7, 4], initial: zero });
    const isBiased = initialization === "fan-in";
    for (
      const [{ bias }, limit] of [[specs.first, first], [
        specs.second,
        second,
      ]] as const
    ) {
      const { initial } = bias;
      if (initial.kind === "uniform") {
        assertAlmostEquals(initial.limit, limit, 1e-12);
      }
      assertEquals(initial.kind === "uniform", isBiased);
    }
  });
}
