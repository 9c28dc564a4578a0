import { assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { join } from "@std/path";
import { tempFolder } from "../../core/temp_folder.ts";
import { makeRun } from "../../core/runs/stored_run.ts";

const root = join(import.meta.dirname!, "../../../..");

/** Runs a command of `deno.json` as a person does, with its own permissions. */
async function command(
  set: "runs" | "report",
  file: string,
  place: string,
  args: readonly string[],
  ...grants: readonly string[]
): Promise<{ code: number; stdout: string; stderr: string }> {
  const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: [
      ...["run", "-q", `-P=${set}`, "--no-prompt", ...grants],
      ...[join("tasks", file), ...args],
    ],
    cwd: root,
    env: { LOWERBOUND_RUNS: place, NO_COLOR: "1" },
    stdin: "null",
  }).output();
  const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
  return { code, stdout: text(stdout), stderr: text(stderr) };
}

/** A place with three runs of tasks of the package, and one of another package. */
function place() {
  const folder = tempFolder();
  const { path } = folder;
  const config = { data: "mnist", latent: 2 };
  makeRun(`${path}/vae`, {
    record: { task: "vae-k3", config },
    files: { "checkpoints/t/step-000000001.safetensors": "x".repeat(2048) },
  });
  makeRun(`${path}/sweep/case`, {
    record: {
      task: "vae-k3",
      config: { data: "mnist", latent: 3 },
      startedAt: "2026-02-01T09:30:00.000Z",
      seed: 0,
    },
    summary: { "test/loss": 0.25, "test/lossStdErr": 0.01 },
  });
  makeRun(`${path}/broken`, {
    record: { status: "failed", error: "luck" },
    files: { "notes.txt": "mine" },
  });
  Deno.mkdirSync(`${path}/odd`);
  Deno.writeTextFileSync(`${path}/odd/run.json`, "{}");
  return folder;
}

Deno.test("runs lists name, task, status, best, and the settings that differ from the defaults", async () => {
  using folder = place();
  const { code, stdout, stderr } = await command(
    "runs",
    "runs.ts",
    folder.path,
    [],
  );
  assertEquals(code, 0, stderr);
  const lines = stdout.trimEnd().split("\n");
  assertEquals(lines.length, 4);
  assertMatch(
    lines[0] ?? "",
    /^run +task +data +status +best +age +size +settings$/,
  );
  assertMatch(
    lines[1] ?? "",
    /^sweep\/case +vae-k3 +dots +finished +0\.250 ± 0\.010 +test\/loss +\d+ \w+ +\d\S* \w+$/,
  );
  assertMatch(stdout, /^vae .* latent 2, seed 4$/m);
  assertMatch(stdout, /^broken .* failed .* latent 3, seed 4$/m);
  assertStringIncludes(stderr, "odd/run.json");
});

Deno.test("runs filters, sorts, and prints JSON", async () => {
  using folder = place();
  const list = async (...args: readonly string[]) => {
    const { stdout } = await command("runs", "runs.ts", folder.path, [
      ...args,
      "--json",
    ]);
    return (JSON.parse(stdout) as readonly { readonly name: string }[])
      .map(({ name }) => name);
  };
  assertEquals(await list("latent=2"), ["vae"]);
  assertEquals(await list("status=finished", "--sort", "best"), [
    "sweep/case", // the lower loss
    "vae",
  ]);
  assertEquals(await list("case", "hidden=20"), []);
  const { code, stderr } = await command("runs", "runs.ts", folder.path, [
    "--sort",
    "beast",
  ]);
  assertEquals(code, 2);
  assertStringIncludes(stderr, 'did you mean "best"?');
});

Deno.test("compare shows what differs, and the difference with its error", async () => {
  using folder = place();
  const folders = ["vae", "sweep/case"].map((name) => `${folder.path}/${name}`);
  const { code, stdout, stderr } = await command(
    "runs",
    "compare.ts",
    folder.path,
    folders,
  );
  assertEquals(code, 0, stderr);
  assertMatch(stdout, /^latent +2 +3$/m);
  assertMatch(
    stdout,
    /^test\/loss +0\.500 ± 0\.010 +0\.250 ± 0\.010 +-0\.250 ± 0\.014 +nats per character$/m,
  );
  assertEquals(/^data/m.test(stdout), false);
  const one = await command("runs", "compare.ts", folder.path, [
    folders[0] ?? "",
  ]);
  assertEquals(one.code, 2);
  assertStringIncludes(one.stderr, "Expected the folders of two runs or more");
});

Deno.test("clean says what it would free, and removes it only when told", async () => {
  using folder = place();
  const { path } = folder;
  const clean = async (...args: readonly string[]) =>
    await command("runs", "clean.ts", path, args, `--allow-write=${path}`);
  const asked = await clean();
  assertEquals(asked.code, 2);
  assertStringIncludes(
    asked.stderr,
    "Expected --yes where nobody can be asked",
  );
  assertMatch(asked.stdout, /^broken +failed run +.*stays: notes\.txt$/m);
  assertMatch(asked.stdout, /^vae +checkpoints +\d+ \w+ +2\.0 KiB$/m);
  assertEquals(
    (await clean("--days", "1", "--yes")).stdout,
    `Nothing to remove in ${path}\n`,
  );
  const refused = await command("runs", "clean.ts", path, ["--yes"]);
  assertEquals([refused.code, refused.stderr.split("\n").at(-2)], [
    1,
    `Not allowed to write ${path}/broken; to allow its folder: LOWERBOUND_RUNS=${path} deno task clean --yes`,
  ]);
  const done = await clean("--yes");
  assertEquals(done.code, 0, done.stderr);
  assertMatch(done.stdout, /^Freed \d/m);
  const names = (folder: string) =>
    [...Deno.readDirSync(folder)].map(({ name }) => name).sort();
  assertEquals(names(path), ["broken", "odd", "sweep", "vae"]);
  assertEquals(names(`${path}/broken`), ["notes.txt"]);
  assertEquals(names(`${path}/vae`).includes("checkpoints"), false);
});

Deno.test("report writes the page of a run, and one of several", async () => {
  using folder = place();
  const { path } = folder;
  const report = async (...args: readonly string[]) =>
    await command("report", "report.ts", path, args, `--allow-write=${path}`);
  const one = await report(`${path}/vae`);
  assertEquals(
    [one.code, one.stdout],
    [0, `Wrote ${path}/vae/report.html\n`],
    one.stderr,
  );
  const two = await report(`${path}/vae`, `${path}/sweep/case`);
  assertEquals(
    [two.code, two.stdout],
    [0, `Wrote ${path}/report.html\n`],
    two.stderr,
  );
  assertStringIncludes(
    Deno.readTextFileSync(`${path}/report.html`),
    "2 runs: vae-k3",
  );
  const none = await report();
  assertEquals(none.code, 2);
  const wrong = await report(`${path}/sweep`);
  assertEquals(wrong.code, 1);
  assertStringIncludes(wrong.stderr, "found no run.json");
});
