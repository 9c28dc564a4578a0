import { assertEquals, assertStringIncludes } from "@std/assert";
import { join } from "@std/path";
import { tempFolder } from "../pipelines/core/temp_folder.ts";
import { runTask } from "./run_task.ts";

const FILE = "vae/vae_k3.ts";

const small = [
  ...["--smoke", "--data", "digits", "--train-images", "400"],
  ...["--test-images", "20", "--device", "cpu", "--threads", "1"],
];

/** All files of a run by path, but for its record, the report of it, and the checkpoints before the last. */
function bytesOf(run: string): Readonly<Record<string, Uint8Array>> {
  const list = (folder: string): readonly string[] =>
    [...Deno.readDirSync(join(run, folder))].flatMap((entry) =>
      entry.isDirectory
        ? list(`${folder}${entry.name}/`)
        : [`${folder}${entry.name}`]
    );
  const names = list("").filter((name) =>
    name !== "run.json" && name !== "report.html" &&
    !name.startsWith("checkpoints/")
  );
  return Object.fromEntries(
    names.sort().map((name) => [name, Deno.readFileSync(join(run, name))]),
  );
}

Deno.test("vae-k3 with more importance samples does not train again, to the same bytes", async () => {
  using folder = tempFolder();
  const run = async (name: string, ...args: readonly string[]) => {
    const out = join(folder.path, name);
    const flags = [...small, "--out", out, ...args];
    const ended = await runTask(FILE, folder.path, flags, {
      cache: folder.path,
    });
    assertEquals(ended.code, 0, ended.stderr);
    return { out, ...ended };
  };
  const more = ["--importance-samples", "5000"];
  const first = await run("first");
  assertStringIncludes(first.stderr, '"vae-k3 > train" is in the cache');
  const cached = await run("cached", ...more);
  assertStringIncludes(
    cached.stderr,
    'Warning: "vae-k3 > train" comes from the cache',
  );
  assertEquals(cached.stderr.includes("train 6/6"), false, cached.stderr);
  const fresh = await run("fresh", ...more, "--no-cache");
  assertEquals(fresh.stderr.includes("cache"), false, fresh.stderr);
  assertEquals(bytesOf(cached.out), bytesOf(fresh.out));
  const again = await runTask(
    "../tasks/rerun.ts",
    folder.path,
    [cached.out, "--out", join(folder.path, "again")],
    { cache: folder.path },
  );
  assertEquals(again.code, 0, again.stderr);
  assertEquals(again.stderr.includes("cache"), false, again.stderr);
});
