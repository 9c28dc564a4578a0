import { assert, assertEquals, assertLess } from "@std/assert";
import { join } from "@std/path";
import { tempFolder } from "../../pipelines/core/temp_folder.ts";
import { runTask } from "../run_task.ts";

Deno.test("flow-mnist --smoke bounds the bits of grey digits, and leaves its pictures", async () => {
  using folder = tempFolder();
  const out = join(folder.path, "run");
  const { code, stdout, stderr } = await runTask(
    "flow/flow_mnist.ts",
    folder.path,
    [
      ...["--smoke", "--json", "--out", out, "--data", "digits"],
      ...["--train-images", "200", "--test-images", "40"],
      ...["--importance-samples", "2", "--weighted-images", "20"],
    ],
  );
  assertEquals(code, 0, stderr);
  const numbers = JSON.parse(stdout);
  assertEquals(numbers.task, "flow-mnist");
  assertEquals(numbers.parameters, 10_268); // 10 couplings of 8 channels, 4 of the noise, 10 normalizations
  assertLess(0.5, numbers["test/bitsPerDim"]);
  assertLess(numbers["test/bitsPerDim"], 4);
  assertLess(numbers["first/weightedBitsPerDim"], numbers["first/bitsPerDim"]);
  const drawn = [...Deno.readDirSync(join(out, "figures"))]
    .map(({ name }) => name).filter((name) => name.endsWith(".png")).sort();
  assertEquals(drawn, [
    "bits.png",
    "interpolations.png",
    "samples.png",
    "scales.png",
  ]);
  const report = await Deno.readTextFile(join(out, "report.txt"));
  assert(report.includes("bits/dim on all test images"), report);
  assert(!/NaN|Infinity|undefined/.test(report), report);
});
