import { adagrad } from "../../../models/optimizers/adagrad.ts";
import { adam, adamW } from "../../../models/optimizers/adam.ts";
import { clipByGlobalNorm } from "../../../models/optimizers/clip_by_global_norm.ts";
import type {
  Optimizer,
  SlotLayout,
} from "../../../models/optimizers/optimizer.ts";
import { sgd } from "../../../models/optimizers/sgd.ts";
import type { Variables } from "../../../models/parameters/parameters.ts";
import golden from "../../golden/optimizers.json" with { type: "json" };
import { assertClose } from "../assert_close.ts";
import { trajectory } from "./trajectory.ts";

type Create = (layout: SlotLayout) => (variables: Variables) => Optimizer;

const optimizers = {
  adam: (layout) => (variables) => adam(variables, { layout }),
  adamLargeEpsilon: (layout) => (variables) =>
    adam(variables, { beta1: 0.8, beta2: 0.9, epsilon: 0.1, layout }),
  adamW: (layout) => (variables) =>
    adamW(variables, { weightDecay: 0.3, layout }),
  sgd: (layout) => (variables) => sgd(variables, { layout }),
  momentum: (layout) => (variables) =>
    sgd(variables, { momentum: 0.9, layout }),
  adagrad: (layout) => (variables) => adagrad(variables, { layout }),
} as const satisfies Record<string, Create>;

// Five steps of a dozen roundings; the gradients, ten times the parameters, carry on the errors of earlier steps.
const roundings = 5 * 12 * 10;

for (const [name, create] of Object.entries(optimizers)) {
  for (const layout of ["separate", "packed"] as const) {
    Deno.test(`${name} with ${layout} slots takes PyTorch's path over five steps`, () => {
      const path = trajectory(create(layout));
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
