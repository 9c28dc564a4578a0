import { assertEquals, assertStringIncludes } from "@std/assert";
import { join } from "@std/path";
import { tempFolder } from "../../pipelines/core/temp_folder.ts";
import { runTask } from "../run_task.ts";

Deno.test("vae-k3 of one latent and one test image: numbers without errors, a figure less", async () => {
  using folder = tempFolder();
  const out = join(folder.path, "run");
  const few = ["--hidden=8", "--train-images=200", "--epochs=1"];
  const args = ["--latent=1", "--test-images=1", "--importance-samples=2"];
  const { code, stdout, stderr } = await runTask("vae/vae_k3.ts", folder.path, [
    ...["--data", "digits", "--quiet", "--out", out, ...few, ...args],
  ]);
  assertEquals(code, 0, stderr);
  const left =
    'Cannot finish stage "vae-k3 > draw > draw-latents": Expected 2 or 3 dimensions in latents but found 1';
  assertStringIncludes(stderr, `Warning: ${left}; the run goes on without it`);
  assertStringIncludes(stdout, `Left out: ${left}`);
  const names = Object.keys(
    JSON.parse(Deno.readTextFileSync(join(out, "summary.json"))),
  );
  assertEquals(names.filter((name) => name.endsWith("StdErr")), []);
  assertEquals(names.includes("test/logLikelihood"), true);
});
