import * as tf from "@tensorflow/tfjs";
import type { Gradients } from "../../../models/gradients/value_and_gradients.ts";
import type { Optimizer } from "../../../models/optimizers/optimizer.ts";
import {
  createParameters,
  type Variables,
} from "../../../models/parameters/parameters.ts";
import { drawWave, wave } from "../../golden/waves.ts";

const RATES = [0.1, 0.1, 0.05, 0.05, 0.02];

/** Five updates under the gradients of `golden/optimizers.py`. */
export function trajectory(
  create: (variables: Variables) => Optimizer,
  clip: (gradients: Gradients) => Gradients = (gradients) => gradients,
): Readonly<Record<string, Float32Array>> {
  using parameters = createParameters(
    {
      weight: {
        shape: [3, 4],
        initial: { kind: "normal", standardDeviation: 1 },
      },
      bias: { shape: [4], initial: { kind: "normal", standardDeviation: 1 } },
    },
    (spec) => drawWave(spec, 1),
  );
  const { variables } = parameters;
  using optimizer = create(variables);
  RATES.forEach((rate, step) => {
    const entries = Object.entries(variables).map(([name, variable]) => {
      const target = wave(variable.shape, step, 2);
      return [name, variable.sub(target).mul(step % 2 ? 10 : 0.1)] as const;
    });
    optimizer.apply(clip(Object.fromEntries(entries)), tf.scalar(rate));
  });
  return Object.fromEntries(
    Object.entries(variables).map(([name, variable]) =>
      [name, Float32Array.from(variable.dataSync())] as const
    ),
  );
}
