import { assertEquals } from "@std/assert";
import { parseSource } from "./parse_source.ts";
import { sourceFiles } from "./project_files.ts";

/** Where a program may meet the machine and the terminal. */
const ALLOWED =
  /^(pipelines\/core|compile\/run\/native|tasks|tests|bench|scripts|stand_ins\/std_assert)\//;

function strayGlobals(path: string, text: string): readonly string[] {
  if (ALLOWED.test(path)) return [];
  return [...parseSource(path, text).globals].sort();
}

Deno.test("Deno and console occur only in pipelines/core, compile/run/native, tasks and around the package", () => {
  const stray = sourceFiles.flatMap(({ path, text }) =>
    strayGlobals(path, text).map((name) => `${path}: ${name}`)
  );
  assertEquals(stray, []);
});

/** Where, what is written there, and which globals are out of place. */
type Case = readonly [path: string, text: string, ...stray: string[]];

const cases: readonly Case[] = [
  ["models/vae.ts", "Deno.cwd();", "Deno"],
  ["models/vae.ts", 'console.log("elbo");', "console"],
  ["compile/run.ts", "globalThis.console.warn(1);", "console"],
  ["compile/run.ts", "const { env } = Deno;", "Deno"],
  ["compile/run/native/load.ts", "Deno.dlopen(path, {});"],
  ["pipelines/images/mnist.ts", "type P = Deno.FileInfo;", "Deno"],
  ["pipelines/images/mnist.ts", "use({ console });", "console"],
  ["mod.ts", "Deno.exit(); console.log();", "Deno", "console"],
  ["pipelines/core/run.ts", "console.log(Deno.cwd());"],
  ["tasks/vae_k3.ts", "console.log(Deno.args);"],
  ["models/vae.ts", '// Deno.cwd()\nconst text = "console.log()";'],
  ["models/vae.ts", "use(options.console, { console: 1 });"],
];

for (const [path, text, ...stray] of cases) {
  Deno.test(`${JSON.stringify(text)} in ${path} has ${stray.length} stray globals`, () => {
    assertEquals(strayGlobals(path, text), stray);
  });
}
