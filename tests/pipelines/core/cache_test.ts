import { assertEquals, fail } from "@std/assert";
import {
  cacheFolder,
  readCached,
  writeCached,
} from "../../../pipelines/core/data/cache.ts";
import { sha256 } from "../../../pipelines/core/sha256.ts";
import { ownEnvironment } from "./own_environment.ts";

const onLinux = Deno.build.os === "linux";

Deno.test({
  name: "cacheFolder() follows XDG_CACHE_HOME, unless it is relative",
  ignore: !onLinux,
  fn: () => {
    const folderWith = (XDG_CACHE_HOME: string) => {
      using _ = ownEnvironment({ XDG_CACHE_HOME });
      return cacheFolder();
    };
    assertEquals(folderWith("/tmp/xdg"), "/tmp/xdg/lowerbound");
    const usual = `${Deno.env.get("HOME")}/.cache/lowerbound`;
    assertEquals(folderWith("relative"), usual);
    assertEquals(folderWith(""), usual);
  },
});

Deno.test("writeCached() leaves no part of a file when its process is killed", async () => {
  const folder = await Deno.makeTempDir();
  const bytes = new Uint8Array(4_000_000).fill(7);
  const known = {
    name: "sevens",
    sha256: await sha256(bytes),
    size: bytes.length,
    urls: [],
  };
  const { href } = new URL(
    "../../../pipelines/core/data/cache.ts",
    import.meta.url,
  );
  const writer = new Deno.Command(Deno.execPath(), {
    args: [
      "eval",
      `import { writeCached } from "${href}";
       const bytes = new Uint8Array(4_000_000).fill(7);
       const known = { name: "sevens", sha256: "", urls: [] };
       for (;;) writeCached(${JSON.stringify(folder)}, known, bytes);`,
    ],
  }).spawn();
  for (let tries = 0; tries < 400; tries++) { // until the first is there, at most 20 s
    if (await readCached(folder, known, fail) !== undefined) break;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  await new Promise((resolve) => setTimeout(resolve, 30)); // in the midst of another one
  writer.kill("SIGKILL");
  await writer.status;
  assertEquals(
    (await readCached(folder, known, fail))?.bytes.length,
    4_000_000,
  );
  await Deno.remove(folder, { recursive: true });
});

Deno.test("writeCached() removes parts of the dead, and no others", async () => {
  const folder = await Deno.makeTempDir();
  const [old, young] = [1, 2].map(() =>
    `${folder}/sevens.${crypto.randomUUID()}.part`
  ) as [string, string]; // two of two
  for (const path of [old, young, `${folder}/mine.part`]) {
    await Deno.writeTextFile(path, "unfinished");
  }
  const before = new Date(Date.now() - 2 * 3_600_000);
  await Deno.utime(old, before, before);
  await Deno.utime(`${folder}/mine.part`, before, before);
  const known = { name: "sevens", sha256: "", size: 7, urls: [] };
  writeCached(folder, known, new Uint8Array(7));
  const names = [...Deno.readDirSync(folder)].map(({ name }) => name).sort();
  assertEquals(
    names,
    ["mine.part", "sevens", young.slice(folder.length + 1)].sort(),
  );
  await Deno.remove(folder, { recursive: true });
});
