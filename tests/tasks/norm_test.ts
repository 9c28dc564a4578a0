import {
  assert,
  assertEquals,
  assertMatch,
  assertStringIncludes,
} from "@std/assert";
import { join } from "@std/path";
import { tempFolder } from "../pipelines/core/temp_folder.ts";
import { runTask } from "./run_task.ts";

/** So small that a task is over within seconds. */
const tiny = [
  ...["--data", "grammar", "--width", "8", "--heads", "2", "--context", "8"],
  ...["--batch", "4", "--steps", "6", "--warm-up", "2", "--record-every", "2"],
  ...["--validate-every", "3", "--measure-windows", "20"],
];

async function run(name: string, args: readonly string[]) {
  using folder = tempFolder();
  const out = join(folder.path, "run");
  const file = `language/${name.replaceAll("-", "_")}.ts`;
  const ended = await runTask(file, folder.path, [
    ...["--smoke", "--out", out],
    ...tiny,
    ...args,
  ]);
  assertEquals(ended.code, 0, ended.stderr);
  const figures = [...Deno.readDirSync(join(out, "figures"))]
    .map((entry) => entry.name).filter((name) => name.endsWith(".png"));
  const files = [...Deno.readDirSync(out)].map((entry) => entry.name);
  const summary = Deno.readTextFileSync(join(out, "summary.json"));
  return { stdout: ended.stdout, summary, figures: figures.sort(), files };
}

const kinds = {
  "prenorm-shallow": "pre-norm gradients are flat",
  "prenorm-deep": "pre-norm gradients are flat",
  "postnorm-shallow": "post-norm gradients grow with the layer",
  "postnorm-deep": "post-norm gradients grow with the layer",
};

for (const [name, claim] of Object.entries(kinds)) {
  Deno.test(`${name} trains, writes, draws and judges its claim`, async () => {
    const fewer = name.endsWith("deep") ? ["--layers", "6"] : []; // of 12
    const { stdout, figures, files } = await run(name, fewer);
    assertEquals(figures, [
      "gradient_profiles.png",
      "gradients.png",
      "loss.png",
    ]);
    assert(files.includes("samples.txt"));
    assertStringIncludes(stdout.replaceAll(/\s+/g, " "), claim);
    assertStringIncludes(stdout, "\ntest/bitsPerCharacter ");
  });
}

Deno.test("prenorm-shallow judges encoder and decoder apart", async () => {
  const { stdout } = await run("prenorm-shallow", [
    ...["--architecture", "encoder-decoder", "--layers", "2"],
  ]);
  assertStringIncludes(stdout, "gradient/encoder/weights/start/lastOverFirst");
  assertStringIncludes(stdout, "gradient/decoder/weights/start/lastOverFirst");
});

Deno.test("prenorm-shallow trains attention alone", async () => {
  const { stdout } = await run("prenorm-shallow", [
    ...["--feed-forward", "none", "--normalization", "post"],
  ]);
  assertStringIncludes(stdout, "post-norm");
});

Deno.test("norm-study compares trained and untrained models, and draws them", async () => {
  const { stdout, summary, figures } = await run("norm-study", [
    ...["--seeds", "2", "--shallow", "2", "--deep", "3", "--depths", "2,3"],
    ...["--stability-steps", "4", "--stability-warm-up", "2"],
    ...["--patient-steps", "6", "--patient-warm-up", "3"],
  ]);
  assertEquals(figures.filter((name) => name !== "stability.png"), [
    "study_gradients_activation.png",
    "study_gradients_weights.png",
    "study_losses.png",
    "untrained_depth.png",
    "untrained_derivatives.png",
    "untrained_layers.png",
    "untrained_ratio.png",
  ]);
  const words = stdout.replaceAll(/\s+/g, " ");
  for (const stack of ["causal", "encoder", "decoder"]) {
    assertStringIncludes(words, `in the ${stack} stack of 3 layers`);
  }
  const [numbers = ""] = stdout.split(" more numbers are in ");
  const printed = numbers.trimEnd().split("\n").filter(Boolean).slice(0, -1);
  assertEquals(printed.length, 10, numbers);
  assertMatch(
    numbers,
    /^untrained\/causal\/pre\/weights\/depthExponent +-?[\d.]+ ± [\d.]+ +exponent +no band/m,
  );
  assertStringIncludes(summary, '"derivative/post/smallestKept"');
});

Deno.test("norm-study of one depth fits no power of it", async () => {
  const { summary, figures } = await run("norm-study", [
    ...["--seeds", "1", "--shallow", "2", "--deep", "2", "--depths", "2"],
    ...["--stability-steps", "2", "--stability-warm-up", "1"],
    ...["--patient-steps", "2", "--patient-warm-up", "1"],
  ]);
  assertEquals(figures.includes("untrained_depth.png"), false);
  assertEquals(summary.includes("depthExponent"), false);
});
