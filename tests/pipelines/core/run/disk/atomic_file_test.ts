import { assert, assertEquals, assertThrows } from "@std/assert";
import { writeAtomically } from "../../../../../pipelines/core/run/disk/atomic_file.ts";
import { tempFolder } from "../../temp_folder.ts";

Deno.test("writeAtomically() makes the folder and replaces the content", () => {
  using folder = tempFolder();
  const path = `${folder.path}/a/b.txt`;
  writeAtomically(path, "long content");
  writeAtomically(path, new Uint8Array([104, 105]));
  assertEquals(Deno.readTextFileSync(path), "hi");
});

Deno.test("writeAtomically() leaves nothing behind when it fails", () => {
  using folder = tempFolder();
  const path = `${folder.path}/taken`;
  Deno.mkdirSync(`${path}/full`, { recursive: true }); // a file cannot replace a folder
  assertThrows(() => writeAtomically(path, "text"), Error);
  assertEquals([...Deno.readDirSync(folder.path)].length, 1);
});

Deno.test("a killed process leaves the old content or the new one", async () => {
  using folder = tempFolder();
  const path = `${folder.path}/letters`;
  const size = 1 << 20;
  const program = `
    import { writeAtomically } from "${
    import.meta.resolve("../../../../../pipelines/core/run/disk/atomic_file.ts")
  }";
    for (let i = 0;; i++) writeAtomically("${path}", "ab"[i % 2].repeat(${size}));
  `;
  const file = `${folder.path}/program.ts`;
  await Deno.writeTextFile(file, program);
  for (let kills = 0; kills < 4; kills++) {
    const writer = new Deno.Command(Deno.execPath(), {
      args: [
        "run",
        "-q",
        "--no-check",
        "--no-config",
        "--allow-read",
        `--allow-write=${folder.path}`,
        file,
      ],
    }).spawn();
    const before = await modified(path);
    while (await modified(path) === before) await wait(5);
    await wait(Math.random() * 60);
    writer.kill("SIGKILL");
    await writer.status;
    const text = await Deno.readTextFile(path);
    assertEquals(text.length, size);
    assert(new Set(text).size === 1, "The file holds parts of two contents");
  }
});

async function modified(path: string): Promise<number> {
  const info = await Deno.stat(path).catch(() => undefined);
  return info?.mtime?.getTime() ?? 0;
}

function wait(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
