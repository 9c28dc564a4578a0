import {
  assertEquals,
  assertMatch,
  assertRejects,
  assertStringIncludes,
} from "@std/assert";
import { join } from "@std/path";
import { findAdapter } from "../../compile/run/webgpu_adapter.ts";
import { tempFolder } from "../pipelines/core/temp_folder.ts";
import { waitForLines } from "../pipelines/core/wait_for_lines.ts";
import { runTask, startTask } from "./run_task.ts";

const tiny = [
  ...["--hidden", "20", "--train-images", "400", "--test-images", "80"],
  ...["--batch", "40", "--importance-samples", "20", "--data", "digits"],
];

Deno.test("vae-k3 --json prints the summary, and only it, on stdout", async () => {
  using folder = tempFolder();
  const out = join(folder.path, "run");
  const args = ["--json", "--epochs", "1", "--out", out, ...tiny];
  const { code, stdout, stderr } = await runTask(
    "vae/vae_k3.ts",
    folder.path,
    args,
  );
  assertEquals(code, 0, stderr);
  const summary: Record<string, unknown> = JSON.parse(stdout);
  assertEquals(Object.keys(summary).slice(0, 4), [
    "task",
    "dataset",
    "device",
    "seed",
  ]);
  for (
    const name of ["elbo", "reconstruction", "kl", "logLikelihood"]
      .flatMap((name) => [name, `${name}StdErr`])
  ) {
    assertEquals(typeof summary[`test/${name}`], "number", name);
  }
  assertEquals(summary["importanceSamples"], 20);
  assertEquals(await Deno.readTextFile(join(out, "summary.json")), stdout);
});

Deno.test("without data, auto falls back loudly, in figures too, and mnist fails", async () => {
  using folder = tempFolder();
  const out = join(folder.path, "run");
  const quick = ["--epochs", "1", ...tiny.slice(0, -2)];
  const auto = await runTask("vae/vae_k20.ts", folder.path, [
    ...["--out", out],
    ...quick,
  ]);
  assertEquals(auto.code, 0, auto.stderr);
  assertStringIncludes(auto.stderr, "Warning: Built-in digits, not mnist");
  const figure = await Deno.readTextFile(join(out, "figures/samples.svg"));
  assertStringIncludes(figure, "built-in digits, NOT real data");
  const mnist = await runTask("vae/vae_k20.ts", folder.path, [
    ...["--data", "mnist", "--out", join(folder.path, "named")],
    ...quick,
  ]);
  assertEquals(mnist.code, 1);
  assertMatch(mnist.stderr, /Cannot finish stage "vae-k20 > load": /);
});

Deno.test({
  name: "vae-k3 runs on WebGPU",
  ignore: !await findAdapter(), // not even one in software
  fn: async () => {
    using folder = tempFolder();
    const args = [ // an adapter in software is slow
      ...["--device", "webgpu", "--out", join(folder.path, "run")],
      ...["--hidden", "8", "--train-images", "120", "--test-images", "20"],
      ...["--batch", "40", "--importance-samples", "2", "--data", "digits"],
      ...["--epochs", "1"],
    ];
    const { code, stdout, stderr } = await runTask(
      "vae/vae_k3.ts",
      folder.path,
      args,
    );
    assertEquals(code, 0, stderr);
    assertMatch(stdout, /^test\/elbo +-\d+/m);
    const record = await Deno.readTextFile(join(folder.path, "run/run.json"));
    assertEquals(JSON.parse(record).device, "webgpu");
  },
});

/** What two equal runs have in common, byte for byte: numbers, and final weights. */
async function bytesOf(run: string): Promise<Record<string, Uint8Array>> {
  const files = ["metrics.jsonl", "summary.json", "model/decoder.onnx"];
  const read = files.map(async (name) =>
    [name, await Deno.readFile(join(run, name))] as const
  );
  return Object.fromEntries(await Promise.all(read));
}

Deno.test("vae-k3 killed at a random moment and resumed ends with the same bytes", async () => {
  using folder = tempFolder();
  const args = ["--epochs", "12", ...tiny];
  const [whole, killed] = ["whole", "killed"].map((n) => join(folder.path, n));
  const undisturbed = ["--out", whole!, ...args];
  const first = await runTask("vae/vae_k3.ts", folder.path, undisturbed);
  assertEquals(first.code, 0, first.stderr);

  const process = startTask("vae/vae_k3.ts", folder.path, [
    "--out",
    killed!,
    ...args,
  ]);
  const lines = Math.floor(Math.random() * 24); // of 25 in all
  await waitForLines(process, killed!, lines + 1);
  process.kill("SIGKILL");
  await process.output();

  const resumed = await runTask("vae/vae_k3.ts", folder.path, [
    "--resume",
    killed!,
  ]);
  assertEquals(resumed.code, 0, resumed.stderr);
  assertEquals(await bytesOf(killed!), await bytesOf(whole!), `line ${lines}`);
});

Deno.test("vae-k3 refuses a flag it does not know, before any work", async () => {
  using folder = tempFolder();
  const out = join(folder.path, "run");
  const args = ["--latnet", "3", "--out", out];
  const { code, stderr } = await runTask("vae/vae_k3.ts", folder.path, args);
  assertEquals(code, 2);
  assertStringIncludes(stderr, "did you mean --latent?");
  await assertRejects(() => Deno.stat(out), Deno.errors.NotFound);
});
