import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { join } from "@std/path";
import { tempFolder } from "../pipelines/core/temp_folder.ts";
import { runTask } from "./run_task.ts";

Deno.test("feature-network --smoke leaves a network, which a diffusion model of other digits refuses", async () => {
  using folder = tempFolder();
  const out = join(folder.path, "network");
  const { code, stdout, stderr } = await runTask(
    "features/feature_network.ts",
    folder.path,
    ["--smoke", "--json", "--out", out, "--threads", "1"],
  );
  assertEquals(code, 0, stderr);
  const summary = JSON.parse(stdout);
  assertEquals(summary.task, "feature-network");
  assert(summary["test/accuracy"] > 0.5);
  const figures = [...Deno.readDirSync(join(out, "figures"))]
    .map((entry) => entry.name).filter((file) => file.endsWith(".png"));
  assertEquals(figures.sort(), ["agreement.png", "images.png", "loss.png"]);
  const report = await Deno.readTextFile(join(out, "report.txt"));
  assertEquals(/NaN|Infinity|undefined/.test(report), false, report);

  const refused = await runTask("diffusion/diffusion_mnist.ts", folder.path, [
    ...["--smoke", "--feature-network", out, "--threads", "1"],
    ...["--out", join(folder.path, "refused")],
  ]);
  assertEquals(refused.code, 1);
  assertStringIncludes(refused.stderr, "learned from digits");
  assertEquals(refused.stderr.includes("train 10/20"), false); // before any training
});
