import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { join } from "@std/path";
import { tempFolder } from "../pipelines/core/temp_folder.ts";
import { runTask } from "./run_task.ts";

async function smoke(
  name: string,
  folder: string,
  args: readonly string[] = [],
) {
  const out = join(folder, name);
  const { code, stdout, stderr } = await runTask(
    `diffusion/${name.replaceAll("-", "_")}.ts`,
    folder,
    [
      ...["--smoke", "--json", "--out", out, ...args],
      ...name === "diffusion-exact" ? [] : ["--threads", "1"], // it has no such flag
    ],
  );
  assertEquals(code, 0, stderr);
  const figures = [...Deno.readDirSync(join(out, "figures"))]
    .map((entry) => entry.name).filter((file) => file.endsWith(".png")).sort();
  const report = await Deno.readTextFile(join(out, "report.txt"));
  assertEquals(/NaN|Infinity|undefined/.test(report), false, report);
  return { summary: JSON.parse(stdout), figures, out };
}

Deno.test("diffusion-exact --smoke leaves its figures and a report", async () => {
  using folder = tempFolder();
  const { summary, figures } = await smoke("diffusion-exact", folder.path);
  assert(summary["bound/identityError"] < 1e-7);
  assertEquals(figures, [
    ...["consistency.png", "guidance.png", "laws.png"],
    ...["orders.png", "signal.png", "weights.png"],
  ]);
});

Deno.test("diffusion-mnist --smoke leaves a model, with which guidance and samplers are compared", async () => {
  using folder = tempFolder();
  const trained = await smoke("diffusion-mnist", folder.path);
  assert(trained.summary["test/noiseError"] < 1.1);
  assertEquals(trained.figures, [
    ...["bound_by_timestep.png", "error_by_timestep.png", "loss.png"],
    ...["samples.png", "strip.png", "training.png"],
  ]);
  const model = ["--model-folder", trained.out];
  const guided = await smoke("diffusion-guidance", folder.path, model);
  assertEquals(guided.figures, ["guidance.png", "negative.png", "trade.png"]);
  const compared = await smoke("diffusion-samplers", folder.path, model);
  assertEquals(compared.figures, [
    "distance.png",
    "frechet.png",
    "samplers.png",
  ]);
  const { code, stderr } = await runTask(
    "diffusion/diffusion_samplers.ts",
    folder.path,
    [
      ...["--smoke", "--prediction", "velocity", ...model],
      ...["--out", join(folder.path, "wrong")],
    ],
  );
  assertEquals(code, 1);
  assertStringIncludes(stderr, "Expected prediction noise as in");
});

Deno.test("text-to-image --smoke learns, draws and measures, and its model draws other prompts", async () => {
  using folder = tempFolder();
  const trained = await smoke("text-to-image", folder.path);
  assertEquals(trained.figures, [
    ...["autoencoder.png", "distance.png", "gallery.png"],
    ...["negative.png", "prompt.png", "samplers.png"],
  ]);
  for (const kind of ["seen", "held-out"]) {
    const right = trained.summary[`prompts/${kind}/ground`];
    assert(right >= 0 && right <= 1);
  }
  const drawn = join(folder.path, "drawn");
  const draw = (prompt: string) =>
    runTask("diffusion/text_to_image.ts", folder.path, [
      ...["--smoke", "--threads", "1", "--model-folder", trained.out],
      ...["--prompt", prompt, "--negative", "a red ground", "--out", drawn],
    ]);
  const wrong = await draw("a thin gren five");
  assertEquals(wrong.code, 1);
  assertStringIncludes(wrong.stderr, 'did you mean "green"?');
  const { code, stderr } = await draw("a thin green five");
  assertEquals(code, 0, stderr);
  const report = await Deno.readTextFile(join(drawn, "report.txt"));
  assertStringIncludes(report, 'Asked for "a thin green five"');
});

Deno.test("stable-diffusion says what Stable Diffusion 1.5 takes, and wants a folder to draw", async () => {
  using folder = tempFolder();
  const file = "diffusion/stable_diffusion.ts";
  const dry = await runTask(file, folder.path, [
    ...["--model", "sd-1.5", "--dry-run", "--threads", "1", "--json"],
    ...["--out", join(folder.path, "dry")],
  ]);
  assertEquals(dry.code, 0, dry.stderr);
  assertEquals(JSON.parse(dry.stdout)["unet/parameters"], 859_520_964);
  const wet = await runTask(file, folder.path, [
    ...["--model", "sd-1.5", "--out", join(folder.path, "wet")],
  ]);
  assertEquals(wet.code, 1);
  assertStringIncludes(wet.stderr, "Expected the folder of a model");
});
