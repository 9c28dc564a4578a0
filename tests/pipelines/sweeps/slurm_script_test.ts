import { assertEquals, assertMatch } from "@std/assert";
import { slurmScript } from "../../../pipelines/sweeps/slurm_script.ts";
import { tempFolder } from "../core/temp_folder.ts";
import { bash } from "./test_cluster.ts";

/** Writes the script of one case, and runs it as an element of an array; tells what it said, and its exit code. */
async function element(
  folder: string,
  program: string,
  flags: readonly string[],
  meanwhile = ":",
): Promise<string> {
  Deno.mkdirSync(`${folder}/logs`);
  const script = slurmScript({
    folder,
    program: { command: "bash", args: ["-c", program, "program"] },
    cases: [{ index: 7, name: "latent=2", flags }],
    failFast: false,
  });
  Deno.writeTextFileSync(`${folder}/job.sh`, script);
  const said = await bash(`
    export SLURM_ARRAY_JOB_ID=3 SLURM_ARRAY_TASK_ID=7 SLURMD_NODENAME=here
    bash ${folder}/job.sh &
    ${meanwhile}
    wait $!; echo "code $?"
  `);
  return said ?? "";
}

Deno.test("the script of an array hands each flag on as it is", async () => {
  using folder = tempFolder();
  const flags = ['--title=it\'s $HOME, "b"', "--latent=2", "--list="];
  const said = await element(folder.path, 'printf "%s\\n" "$@"', flags);
  const log = Deno.readTextFileSync(`${folder.path}/logs/latent=2.log`);
  const place = `--out=${folder.path}/latent=2`;
  assertEquals(log.trimEnd().split("\n"), [...flags, place]);
  assertMatch(said, /3_7 \(latent=2\): start 1 on here, --out\n/);
  assertMatch(said, /exit 0\ncode 0$/);
});

Deno.test("the script of an array goes on with a run that is there", async () => {
  using folder = tempFolder();
  const run = `${folder.path}/latent=2`;
  Deno.mkdirSync(run);
  Deno.writeTextFileSync(`${run}/run.json`, "{}");
  const said = await element(folder.path, 'echo "$1"; exit 5', []);
  const log = Deno.readTextFileSync(`${folder.path}/logs/latent=2.log`);
  assertEquals(log, `--resume=${run}\n`);
  assertMatch(said, /exit 5\ncode 5$/);
});

Deno.test("an element that reaches its limit without a new checkpoint fails and is not queued again", async () => {
  using folder = tempFolder();
  const log = `${folder.path}/logs/latent=2.log`;
  const told = `until [ -s ${log} ]; do sleep 0.1; done; kill -USR1 $!`;
  const program = "echo begun; exec sleep 60"; // which SIGUSR1 ends, with code 138
  const said = await element(folder.path, program, [], told);
  assertMatch(said, /time limit near\n.*exit 138\n.*no checkpoint within/);
  assertMatch(said, /code 1$/);
});
