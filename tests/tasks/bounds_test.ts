import { assertEquals } from "@std/assert";
import { join } from "@std/path";
import { tempFolder } from "../pipelines/core/temp_folder.ts";
import { runTask } from "./run_task.ts";

/** The tasks about bounds and divergences, with the figures that each leaves. */
const tasks: Readonly<Record<string, readonly string[]>> = {
  "kl-gaussians": ["kl", "kl_ratio"],
  "elbo-gap": ["linear_gap", "vae_gap"],
  "estimators": ["bounds", "errors", "sandwich"],
  "mean-field": ["correlated_normal", "free_energy", "not_all_ones"],
};

for (const [name, figures] of Object.entries(tasks)) {
  Deno.test(`${name} --smoke runs to its end and leaves its figures and report`, async () => {
    using folder = tempFolder();
    const out = join(folder.path, "run");
    const file = `${folderOf(name)}/${name.replaceAll("-", "_")}.ts`;
    const { code, stdout, stderr } = await runTask(file, folder.path, [
      ...["--smoke", "--json", "--out", out],
    ]);
    assertEquals(code, 0, stderr);
    assertEquals(JSON.parse(stdout).task, name);
    const drawn = [...Deno.readDirSync(join(out, "figures"))]
      .map((entry) => entry.name).filter((file) => file.endsWith(".png"));
    assertEquals(drawn.sort(), figures.map((name) => `${name}.png`).sort());
    const report = await Deno.readTextFile(join(out, "report.txt"));
    assertEquals(/NaN|Infinity|undefined/.test(report), false, report);
  });
}

function folderOf(name: string): string {
  return ["kl-gaussians", "mean-field"].includes(name) ? "exact" : "vae";
}
