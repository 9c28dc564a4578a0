import { assertEquals, assertMatch, assertNotEquals } from "@std/assert";
import { sourceDigest } from "../../../../pipelines/core/cache/source_digest.ts";
import { tempFolder } from "../temp_folder.ts";

Deno.test("sourceDigest() follows a program outside of the package, import by import", () => {
  using folder = tempFolder();
  const write = (name: string, text: string) =>
    Deno.writeTextFileSync(`${folder.path}/${name}`, text);
  const digest = () => sourceDigest(`${folder.path}/main.ts`);
  write("main.ts", 'import { a } from "./a.ts";\nconsole.log(a);\n');
  write("a.ts", 'export * from "./b.ts";\nimport "../elsewhere/c.ts";\n');
  write("unused.ts", "1");
  assertEquals(digest(), undefined); // files are missing
  write("a.ts", 'export * from "./b.ts";\n');
  write("b.ts", "export const a = 1;\n");
  const first = digest();
  assertMatch(first ?? "", /^[0-9a-f]{64}$/);
  write("unused.ts", "2");
  assertEquals(digest(), first);
  write("b.ts", "export const a = 2;\n");
  assertNotEquals(digest(), first);
  write("b.ts", 'import "@lowerbound/lowerbound/core"; import "node:fs";');
  assertMatch(digest() ?? "", /^[0-9a-f]{64}$/);
  write("b.ts", 'import "zod";');
  assertEquals(digest(), undefined); // another package, of any version
  write("b.ts", 'export const a = await import(`./${"x"}.ts`);\n');
  assertEquals(digest(), undefined); // what it imports is known at run time only
});

Deno.test("sourceDigest() of the package's own programs is one, with every program", () => {
  const root = new URL("../../../../", import.meta.url).pathname;
  const of = (path: string) => sourceDigest(`${root}${path}`);
  const first = of("tasks/vae/vae_k3.ts");
  assertMatch(first ?? "", /^[0-9a-f]{64}$/);
  assertEquals(of("tasks/vae/vae_k20.ts"), first);
});
