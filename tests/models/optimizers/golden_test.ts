import { adagrad } from "../../../models/optimizers/adagrad.ts";
import { adam, adamW } from "../../../models/optimizers/adam.ts";
import { clipByGlobalNorm } from "../../../models/optimizers/clip_by_global_norm.ts";
import type { Optimizer } from "../../../models/optimizers/optimizer.ts";
import { sgd } from "../../../models/optimizers/sgd.ts";
import type { Variables } from "../../../models/parameters/parameters.ts";
import golden from "../../golden/optimizers.json" with { type: "json" };
import { assertClose } from "../assert_close.ts";
import { trajectory } from "./trajectory.ts";

type Create = (packBelow: number) => (variables: Variables) => Optimizer;

const optimizers = {
  adam: (packBelow) => (variables) => adam(variables, { packBelow }),
  adamLargeEpsilon: (packBelow) => (variables) =>
    adam(variables, { beta1: 0.8, beta2: 0.9, epsilon: 0.1, packBelow }),
  adamW: (packBelow) => (variables) =>
    adamW(variables, { weightDecay: 0.3, packBelow }),
  sgd: (packBelow) => (variables) => sgd(variables, { packBelow }),
  momentum: (packBelow) => (variables) =>
    sgd(variables, { momentum: 0.9, packBelow }),
  adagrad: (packBelow) => (variables) => adagrad(variables, { packBelow }),
} as const satisfies Record<string, Create>;

// Five steps of a dozen roundings; the gradients, ten times the parameters, carry on the errors of earlier steps.
const roundings = 5 * 12 * 10;

for (const [name, create] of Object.entries(optimizers)) {
  for (const packBelow of [0, 5, Infinity]) { // apart, the bias alone, together
    Deno.test(`${name} with slots packed below ${packBelow} takes PyTorch's path over five steps`, () => {
      const path = trajectory(create(packBelow));
      const expected = golden[name as keyof typeof optimizers]; // the keys just listed
      assertClose(path["weight"]!, expected.weight, { roundings, name });
      assertClose(path["bias"]!, expected.bias, { roundings, name });
    });
  }
}

Deno.test("clipByGlobalNorm() takes PyTorch's path over five steps", () => {
  const path = trajectory(
    (variables) => sgd(variables),
    (gradients) => clipByGlobalNorm(gradients, 1).gradients,
  );
  // PyTorch adds 1e-6 to the norm: 1e-6 of steps no longer than 0.32 in all, at most 3e-7 or six roundings
  const tolerance = { roundings: roundings + 6 };
  assertClose(path["weight"]!, golden.clippedSgd.weight, tolerance);
  assertClose(path["bias"]!, golden.clippedSgd.bias, tolerance);
});
