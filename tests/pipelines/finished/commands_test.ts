import { assertEquals, assertStringIncludes } from "@std/assert";
import { createVae } from "../../../models/vae.ts";
import { parsePng } from "../../../pipelines/core/data/formats/png.ts";
import { keyFrom } from "../../../pipelines/core/random/key.ts";
import { sampleParameter } from "../../../pipelines/training/sample_parameter.ts";
import { root } from "../../house/project_files.ts";
import { leave } from "./leave_run.ts";

/** Runs a command as a person does, allowed to write in one folder. */
async function type(
  command: string,
  folder: string,
  ...args: readonly string[]
) {
  const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: [
      ...["run", "-q", "-P=run", "--no-prompt", `--allow-write=${folder}`],
      ...[`tasks/${command}.ts`, ...args],
    ],
    cwd: root,
    env: { NO_COLOR: "1", XDG_RUNTIME_DIR: folder },
  }).output();
  const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes).trim();
  return { code, out: text(stdout), error: text(stderr) };
}

Deno.test("sample, explore and export write into the run's folder, and say where", async () => {
  const activation = { encoder: "tanh", decoder: "tanh" } as const;
  const sizes = { latent: 2, hidden: [5], initialization: "fan-in" } as const;
  const draw = sampleParameter(keyFrom(3));
  using vae = createVae({ ...sizes, activation, pixels: 16 }, draw);
  const config = { encoderActivation: "tanh", decoderActivation: "tanh" };
  const told = { rows: "4", columns: "4" };
  const folder = await leave({ ...sizes, ...config }, vae.variables, told);
  const sampled = await type("sample", folder, folder, "--count", "4");
  assertEquals(sampled.out, `${folder}/exports/samples.png`, sampled.error);
  const picture = Deno.readFileSync(sampled.out);
  assertEquals(parsePng(picture, "samples").rows > 4, true);
  const explored = await type("explore", folder, folder);
  const path = `${folder}/exports/explore.html`;
  assertEquals(
    explored.out,
    `No test images on the map: the run recorded no data of black and white images\n${path}`,
    explored.error,
  );
  assertStringIncludes(Deno.readTextFileSync(path), "<title>a, seed 0</title>");
  const table = await type("export", folder, folder, "--to", "csv");
  assertEquals(
    Deno.readTextFileSync(table.out),
    "step,epoch,train/elbo\n1,1,-2\n",
  );
  const model = await type("export", folder, folder, "--to", "onnx");
  assertEquals(
    model.out.split("\n").map((path) => path.slice(folder.length)),
    ["/exports/onnx/encoder.onnx", "/exports/onnx/decoder.onnx"],
  );
  await Deno.remove(folder, { recursive: true });
});

Deno.test("sample, explore and export refuse wrong usage with exit code 2, and a folder without a run with 1", async () => {
  const folder = await Deno.makeTempDir();
  const none = await type("sample", folder);
  assertEquals(none.code, 2);
  assertStringIncludes(none.error, "Expected the folder of a run first");
  const wrong = await type("export", folder, folder, "--to", "xml");
  assertEquals(wrong.code, 2);
  assertStringIncludes(wrong.error, "tensorboard, csv, onnx");
  const empty = await type("export", folder, folder, "--to", "csv");
  assertEquals(empty.code, 1);
  assertStringIncludes(empty.error, "but found no run.json");
  const unfit = await type("explore", folder, folder);
  assertEquals(unfit.code, 1);
  assertStringIncludes(unfit.error, "but found no run.json");
  const help = await type("sample", folder, "--help");
  assertEquals(help.code, 0);
  assertStringIncludes(help.out, "deno task sample FOLDER");
  await Deno.remove(folder, { recursive: true });
});
