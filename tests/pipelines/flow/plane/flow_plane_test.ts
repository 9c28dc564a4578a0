import {
  assert,
  assertAlmostEquals,
  assertEquals,
  assertLess,
} from "@std/assert";
import { keyFrom } from "../../../../pipelines/core/random/key.ts";
import { execute } from "../../../../pipelines/core/run/execute.ts";
import { memoryRun } from "../../../../pipelines/core/run/memory_run.ts";
import { complete } from "../../../../pipelines/core/task/flags.ts";
import {
  flowPlaneExperiment,
  flowPlaneFlags,
} from "../../../../pipelines/flow/plane/flow_plane.ts";
import { planeTargets } from "../../../../pipelines/flow/plane/plane_targets.ts";

Deno.test("flow-plane learns a banana, beginning as the identity, and leaves its pictures", async () => {
  const store = memoryRun();
  const config = complete(flowPlaneFlags, {
    targets: ["banana"],
    couplings: 4,
    hidden: [16],
    updates: 60,
    batch: 64,
    testPoints: 4000,
    recordEvery: 20,
    validateEvery: 60,
    learningRate: 5e-3,
  }, "smoke");
  const { summary } = await execute(flowPlaneExperiment, config, {
    seed: 0,
    store,
    threads: 1,
  });
  const kl = store.records.flatMap(({ values }) =>
    values["banana/validation/kl"] ?? []
  );
  // E|x|^2 = 1 + E x^4 + 0.25 = 4.25: as the identity a point costs 4.25 / 2 + log 2 pi
  const begin = 4.25 / 2 + Math.log(2 * Math.PI) - planeTargets.banana.entropy;
  const spread = Math.sqrt(96 + 2 + 8) / 2; // of |x|^2 / 2, about: var x^4 = 96, var x^2 = 2
  assertAlmostEquals(kl[0]!, begin, 4 * spread / Math.sqrt(8000));
  assertLess(kl.at(-1)!, kl[0]! / 2);
  assertLess(0, summary["banana/kl"]!);
  assertAlmostEquals(summary["banana/integral"]!, 1, 1e-2); // of a tail that is not learned yet
  assertLess(summary["banana/inverseError"]!, 1e-4);
  assertEquals([...store.figures.keys()].sort(), [
    "banana_density",
    "banana_layers",
    "banana_samples",
    "kl",
  ]);
  const report = String(store.files.get("report.txt"));
  assert(report.includes("banana: its points cost"), report);
});

Deno.test("the points of a banana are a normal number, and its square with half a normal number", () => {
  const points = planeTargets.banana.sample(keyFrom(1), 5000);
  const rests = Float64Array.from(
    { length: 5000 },
    (_, i) => (points[2 * i + 1]! - points[2 * i]! ** 2) / 0.5,
  );
  const square = rests.reduce((sum, x) => sum + x * x, 0) / 5000;
  assertAlmostEquals(square, 1, 4 * Math.sqrt(2 / 5000));
});
