import { assertEquals, assertGreater, assertLess } from "@std/assert";
import { StepSizes } from "../../../../pipelines/vae/estimators/step_sizes.ts";

Deno.test("StepSizes grow where much is accepted, shrink where little is, each image for itself", () => {
  const sizes = new StepSizes(2);
  const [before] = sizes.current;
  sizes.adapt([1, 0]);
  assertGreater(sizes.current[0]!, before!);
  assertLess(sizes.current[1]!, before!);
  sizes.adapt([0.65, 0.65]);
  assertEquals([...sizes.at(1)], [...sizes.at(0)]); // the target changes nothing
});

Deno.test("StepSizes settle where the acceptance is the target", () => {
  // acceptance falls as exp(-size): 0.65 at size 0.431
  const sizes = new StepSizes(1);
  for (let i = 0; i < 60; i++) sizes.adapt([Math.exp(-sizes.current[0]!)]);
  const acceptance = Math.exp(-sizes.at(1)[0]!);
  assertLess(Math.abs(acceptance - 0.65), 1e-3); // each step leaves 1 - 1.5 * 0.28 of the distance
});

Deno.test("StepSizes.at() gives what was found at a place of the path", () => {
  const sizes = new StepSizes(1);
  const found = [1, 0, 1, 0].map((acceptance) => {
    sizes.adapt([acceptance]);
    return sizes.current[0]!;
  });
  const places = [0, 0.3, 0.5, 0.99].map((place) => sizes.at(place)[0]!);
  assertEquals(places, found);
  assertEquals(sizes.at(1)[0]!, found[3]!);
});

Deno.test("StepSizes begin at 0.5, and change by exp(1.5) for each unit of acceptance above 0.65", () => {
  const sizes = new StepSizes(2);
  assertEquals([...sizes.current], [0.5, 0.5]);
  sizes.adapt([1, 0.25]);
  const [more, less] = sizes.current;
  assertLess(Math.abs(more! - 0.5 * Math.exp(1.5 * 0.35)), 1e-12);
  assertLess(Math.abs(less! - 0.5 * Math.exp(-1.5 * 0.4)), 1e-12);
});
