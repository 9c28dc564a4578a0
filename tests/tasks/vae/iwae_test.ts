import { assertEquals, assertStringIncludes } from "@std/assert";
import { join } from "@std/path";
import { tempFolder } from "../../pipelines/core/temp_folder.ts";
import { waitForLines } from "../../pipelines/core/wait_for_lines.ts";
import { runTask, startTask } from "../run_task.ts";

const tiny = [
  ...["--hidden", "20,20", "--latent", "6", "--stages", "2"],
  ...["--train-images", "400", "--test-images", "40", "--record-every", "5"],
  ...["--importance-samples", "20", "--gradient-draws", "2"],
  ...["--data", "digits"],
];

Deno.test("iwae killed while training and resumed ends with the same numbers", async () => {
  using folder = tempFolder();
  const [whole, killed] = ["whole", "killed"].map((n) => join(folder.path, n));
  const first = await runTask("vae/iwae.ts", folder.path, [
    ...["--out", whole!],
    ...tiny,
  ]);
  assertEquals(first.code, 0, first.stderr);

  const process = startTask("vae/iwae.ts", folder.path, [
    ...["--out", killed!],
    ...tiny,
  ]);
  await waitForLines(process, killed!, 8); // in the second epoch, of the second stage
  process.kill("SIGKILL");
  await process.output();
  const args = ["--resume", killed!];
  const resumed = await runTask("vae/iwae.ts", folder.path, args);
  assertEquals(resumed.code, 0, resumed.stderr);
  for (const file of ["metrics.jsonl", "summary.json"]) {
    assertEquals(
      await Deno.readTextFile(join(killed!, file)),
      await Deno.readTextFile(join(whole!, file)),
    );
  }
});

Deno.test("iwae refuses a gradient that does not fit its objective", async () => {
  using folder = tempFolder();
  const { code, stderr } = await runTask("vae/iwae.ts", folder.path, [
    ...["--gradient", "sticking-the-landing"],
    ...["--out", join(folder.path, "run")],
    ...tiny,
  ]);
  assertEquals(code, 1);
  assertStringIncludes(
    stderr,
    "Expected the gradient standard or doubly-reparameterized for the objective iwae",
  );
});
