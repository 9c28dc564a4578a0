import { assertEquals } from "@std/assert";
import { join } from "@std/path";
import { tempFolder } from "../pipelines/core/temp_folder.ts";
import { runTask } from "./run_task.ts";

/** The tasks about adversarial games, with the figures that each leaves and what makes its smoke run shorter still. */
const tasks: Readonly<
  Record<
    string,
    { readonly figures: readonly string[]; readonly shorter: readonly string[] }
  >
> = {
  "gan": {
    figures: ["classes", "frechet_distance", "losses", "samples"],
    shorter: [],
  },
  "gan-losses": {
    figures: [
      "balanced_training",
      "frozen_generator",
      "gaussian_slopes",
      "optimal_discriminators",
    ],
    shorter: ["--train-images=500"],
  },
  "gan-modes": {
    figures: ["image_classes", "ring_modes", "ring_quality", "ring_samples"],
    shorter: ["--train-images=500", "--remedies=plain,wgan-gp"],
  },
  "dcgan": {
    figures: ["frechet_distance", "samples"],
    shorter: ["--train-images=500", "--time-ratio=2"],
  },
};

for (const [name, { figures, shorter }] of Object.entries(tasks)) {
  Deno.test(`${name} --smoke runs to its end and leaves its figures and report`, async () => {
    using folder = tempFolder();
    const out = join(folder.path, "run");
    const file = `gan/${name.replaceAll("-", "_")}.ts`;
    const { code, stdout, stderr } = await runTask(file, folder.path, [
      ...["--smoke", "--json", "--out", out, ...shorter],
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

Deno.test("gan refuses a target that is no probability, before any work", async () => {
  using folder = tempFolder();
  const { code, stderr } = await runTask("gan/gan.ts", folder.path, [
    "--smoothing=1.5",
  ]);
  assertEquals(code === 0, false);
  assertEquals(
    stderr.includes(
      'Cannot read --smoothing: Expected a number of at least 0.5 and of at most 1 but found "1.5"',
    ),
    true,
    stderr,
  );
});
