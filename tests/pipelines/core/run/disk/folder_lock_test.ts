import { assertEquals, assertThrows } from "@std/assert";
import {
  lockByNumber,
  lockFolder,
} from "../../../../../pipelines/core/run/disk/folder_lock.ts";
import { tempFolder } from "../../temp_folder.ts";

Deno.test("lockFolder() lets one in at a time", () => {
  using folder = tempFolder();
  {
    using _ = lockFolder(folder.path);
    assertThrows(
      () => lockFolder(folder.path),
      Error,
      `Expected ${folder.path} to be free but another process uses it`,
    );
  }
  lockFolder(folder.path)[Symbol.dispose]();
});

Deno.test("a killed process leaves no lock behind", async () => {
  using folder = tempFolder();
  const module = import.meta.resolve(
    "../../../../../pipelines/core/run/disk/folder_lock.ts",
  );
  const file = `${folder.path}/holder.ts`;
  await Deno.writeTextFile(
    file,
    `import {
  lockByNumber,
  lockFolder,
} from "${module}";
    lockFolder("${folder.path}");
    console.log("locked");
    setInterval(() => {}, 1000);`,
  );
  const holder = new Deno.Command(Deno.execPath(), {
    args: [
      "run",
      "-q",
      "--no-check",
      "--no-config",
      "--allow-read",
      `--allow-write=${folder.path}`,
      file,
    ],
    stdout: "piped",
  }).spawn();
  const reader = holder.stdout.getReader();
  const { value } = await reader.read();
  assertEquals(new TextDecoder().decode(value), "locked\n");
  assertThrows(() => lockFolder(folder.path), Error);
  holder.kill("SIGKILL");
  await reader.cancel();
  await holder.status;
  lockFolder(folder.path)[Symbol.dispose]();
});

Deno.test("lockByNumber() lets one in at a time, and takes over from the dead", async () => {
  using folder = tempFolder();
  const path = `${folder.path}/.lock`;
  const first = lockByNumber(path);
  assertEquals([first?.isHeld(), lockByNumber(path)], [true, undefined]);
  first?.[Symbol.dispose]();
  const { pid, status } = new Deno.Command(Deno.execPath(), {
    args: ["--version"],
    stdout: "null",
  }).spawn();
  await status;
  for (const left of [`${pid}\n`, "", "no number"]) {
    Deno.writeTextFileSync(path, left);
    using second = lockByNumber(path);
    assertEquals(second?.isHeld(), true);
    Deno.removeSync(path);
    assertEquals(second?.isHeld(), false);
  }
});
