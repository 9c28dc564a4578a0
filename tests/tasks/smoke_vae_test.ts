import { assertEquals, assertGreater, assertRejects } from "@std/assert";
import { join } from "@std/path";
import { loadRun } from "../../pipelines/finished/load_run.ts";
import type { LoadedModel } from "../../pipelines/finished/loaded_model.ts";
import { tempFolder } from "../pipelines/core/temp_folder.ts";
import { runTask } from "./run_task.ts";

const usual = ["elbo_terms", "latents", "reconstructions", "samples"];

/** The model that each task keeps; the others keep none. */
const kept: Readonly<Record<string, LoadedModel["kind"]>> = {
  "iwae": "vae",
  "iwae-two-layers": "two-layer-vae",
  "vae-conv-k20": "vae",
  "vae-manifold": "vae",
  "vae-mlp": "vae",
  "vae-small14": "vae",
};

/** The figures of each task, in order. */
const tasks: Readonly<Record<string, readonly string[]>> = {
  "iwae": ["bound", "reconstructions", "samples"],
  "iwae-two-layers": ["bound", "reconstructions", "samples"],
  "vae-conv": ["objectives", "samples"],
  "vae-conv-k20": usual,
  "vae-latents": ["latent_dimensions", "log_likelihood", "training"],
  "vae-likelihoods": ["drawn", "log_mass", "means"],
  "vae-manifold": [...usual, "manifold"].sort(),
  "vae-mlp": usual,
  "vae-small14": ["batches", ...usual],
};

for (const [name, figures] of Object.entries(tasks)) {
  Deno.test(`${name} --smoke measures and draws, without any data of this machine`, async () => {
    using folder = tempFolder();
    const out = join(folder.path, "run");
    const file = `vae/${name.replaceAll("-", "_")}.ts`;
    const args = [
      ...["--smoke", "--data", "digits", "--json", "--out", out],
      ...["--device", "cpu", "--test-images", "100"],
      ...name === "vae-small14" ? [] : ["--train-images", "500"],
    ];
    const { code, stdout, stderr } = await runTask(file, folder.path, args);
    assertEquals(code, 0, stderr);
    assertEquals(JSON.parse(stdout).task, name);
    const drawn = [...Deno.readDirSync(join(out, "figures"))]
      .map((entry) => entry.name).filter((name) => name.endsWith(".png"));
    assertEquals(drawn.sort(), figures.map((name) => `${name}.png`));
    assertGreater(Object.keys(JSON.parse(stdout)).length, 4); // more than what tells runs apart
    if (kept[name] === undefined) {
      await assertRejects(() => loadRun(out), RangeError, `but ${name} trains`);
    } else {
      using run = await loadRun(out);
      assertEquals(run.model?.kind, kept[name]);
    }
  });
}
