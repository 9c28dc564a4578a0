import { assertEquals } from "@std/assert";
import { withError } from "../../../pipelines/statistics/with_error.ts";

Deno.test("withError() names a mean and its error, which is left out where it is not known", () => {
  assertEquals(withError("test/elbo", { mean: -130.5, standardError: 0.5 }), {
    "test/elbo": -130.5,
    "test/elboStdErr": 0.5,
  });
  assertEquals(withError("test/elbo", { mean: -130.5, standardError: NaN }), {
    "test/elbo": -130.5,
  });
});
