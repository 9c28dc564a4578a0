import { assertEquals } from "@std/assert";
import { equalTimeEpochs } from "../../../../pipelines/vae/conv/vae_conv.ts";

Deno.test("equalTimeEpochs() takes the ratio that is given, or else the measured one", () => {
  assertEquals(equalTimeEpochs(5, 8, undefined), 40);
  assertEquals(equalTimeEpochs(5, 0, { conv: 0.05, mlp: 0.004 }), 63); // 62.5
  assertEquals(equalTimeEpochs(1, 0, { conv: 0.001, mlp: 0.004 }), 1);
});
