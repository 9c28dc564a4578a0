import { assertAlmostEquals } from "@std/assert";
import { learningRateAt } from "../../../pipelines/training/learning_rate.ts";
import golden from "../../golden/translation/schedule.json" with {
  type: "json",
};

for (const { peak, warm, values, noam } of golden.cases) {
  const steps = 20_000;

  Deno.test(`the inverse root with a warm-up of ${warm} is the second implementation's`, () => {
    for (const [t, rate] of Object.entries(values)) {
      const found = learningRateAt(Number(t) - 1, {
        learningRate: peak,
        warmUp: warm,
        decay: "inverse-root",
        steps,
      });
      assertAlmostEquals(found, rate, 1e-15);
    }
  });

  Deno.test("the schedule of Vaswani et al. is an inverse root of peak (width warm-up)^-1/2", () => {
    for (const [t, rate] of Object.entries(noam.values)) {
      const found = learningRateAt(Number(t) - 1, {
        learningRate: (noam.d * noam.warm) ** -0.5,
        warmUp: noam.warm,
        decay: "inverse-root",
        steps,
      });
      assertAlmostEquals(found, rate, 1e-15);
    }
  });
}

Deno.test("a line falls from the highest rate to one step above zero", () => {
  const linear = {
    learningRate: 0.01,
    warmUp: 4,
    steps: 104,
    decay: "linear",
  } as const;
  const rates = [3, 4, 54, 103].map((step) => learningRateAt(step, linear));
  [0.01, 0.01, 0.005, 0.0001].forEach((rate, i) =>
    assertAlmostEquals(rates[i]!, rate, 1e-15)
  );
});
