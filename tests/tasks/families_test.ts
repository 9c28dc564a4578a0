import { assertEquals } from "@std/assert";
import { join } from "@std/path";
import { tempFolder } from "../pipelines/core/temp_folder.ts";
import { runTask } from "./run_task.ts";

Deno.test("families --smoke makes a small run of each family, and one table of all", async () => {
  using folder = tempFolder();
  const place = join(folder.path, "families");
  const out = join(folder.path, "run");
  const { code, stderr } = await runTask("families/families.ts", folder.path, [
    ...["--smoke", "--place", place, "--out", out, "--train-images=500"],
  ]);
  assertEquals(code, 0, stderr);
  assertEquals(stderr.includes("VAE: made in"), true, stderr);
  const table = await Deno.readTextFile(join(out, "table.md"));
  const titles = table.split("\n").slice(2).map((line) =>
    line.split(" | ")[0]!.replace("| ", "")
  );
  assertEquals(
    titles.filter((title) => title !== ""),
    [
      ...["VAE", "IWAE", "convolutional VAE", "GAN", "DCGAN", "flow"],
      ...["diffusion", "validation images"],
    ],
  );
});
