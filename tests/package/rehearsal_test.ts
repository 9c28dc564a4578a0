import { assert, assertEquals } from "@std/assert";
import { root } from "../house/project_files.ts";
import { tempFolder } from "../pipelines/core/temp_folder.ts";
import { serveRegistry } from "./registry.ts";

/** What a person writes who has installed the package, in a folder of their own. */
const program = `
import { execute } from "jsr:@lowerbound/lowerbound";
import { vaeExperiment } from "jsr:@lowerbound/lowerbound/vae";

const { summary } = await execute(vaeExperiment("vae"), {
  data: "digits",
  latent: 2,
  hidden: [20],
  epochs: 1,
  trainImages: 500,
  testImages: 50,
  importanceSamples: 2,
  reconstructions: 8,
}, { seed: 0, threads: 1, out: "run" });
console.log(JSON.stringify(summary));
`;

/** A folder for Deno's own files with the npm packages of this machine in it, by a process that may make links. */
function cacheFolder(folder: string): string {
  const code = `
    const { npmCache } = JSON.parse(new TextDecoder().decode(
      new Deno.Command(Deno.execPath(), { args: ["info", "--json"] }).outputSync().stdout));
    Deno.mkdirSync(${JSON.stringify(`${folder}/deno`)});
    Deno.symlinkSync(npmCache, ${JSON.stringify(`${folder}/deno/npm`)});`;
  const { success } = new Deno.Command(Deno.execPath(), {
    args: ["eval", "--no-config", code],
    cwd: folder,
  }).outputSync();
  assert(success);
  return `${folder}/deno`;
}

Deno.test("the published package trains and draws outside of the repository", async () => {
  using folder = tempFolder();
  const standIns = ["std_assert", "std_cli", "std_path"];
  await using registry = serveRegistry([
    root,
    ...standIns.map((name) => `${root}/stand_ins/${name}`),
  ]);
  const home = `${folder.path}/home`;
  Deno.mkdirSync(home);
  Deno.writeTextFileSync(`${home}/main.ts`, program);
  const command = new Deno.Command(Deno.execPath(), {
    args: [
      ...["run", "-q", "--no-prompt", "--allow-read", "--allow-ffi"],
      ...["--allow-env", "--allow-sys", `--allow-write=${home}`, "main.ts"],
    ],
    cwd: home,
    env: {
      DENO_DIR: cacheFolder(folder.path),
      JSR_URL: registry.url,
      NO_COLOR: "1",
      XDG_RUNTIME_DIR: home,
    },
    stdout: "piped",
    stderr: "piped",
  });
  const { code, stdout, stderr } = await command.output();
  const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
  assertEquals(code, 0, text(stderr));
  const summary = JSON.parse(text(stdout));
  assert(Number.isFinite(summary["test/elbo"]));
  const record = JSON.parse(Deno.readTextFileSync(`${home}/run/run.json`));
  assertEquals([record.status, record.facts.leftOut], ["finished", undefined]);
  const figures = [...Deno.readDirSync(`${home}/run/figures`)]
    .map(({ name }) => name).filter((name) => name.endsWith(".png")).sort();
  assertEquals(figures, [
    "elbo_terms.png",
    "latents.png",
    "reconstructions.png",
    "samples.png",
  ]);
  const signature = Deno.readFileSync(`${home}/run/figures/latents.png`)
    .subarray(1, 4);
  assertEquals(text(signature), "PNG");
});
