import { assertEquals, assertGreater } from "@std/assert";
import config from "../../deno.json" with { type: "json" };
import { sourceFiles } from "./project_files.ts";

/** Hosts of the addresses in a source text, comments aside. */
function hosts(text: string): readonly string[] {
  const code = text.replace(/^\s*(\*|\/\/|\/\*).*$/gm, "");
  return [...code.matchAll(/["'`]https:\/\/([\w.-]+)\//g)]
    .map(([, host]) => host ?? "");
}

Deno.test("a run may reach exactly the mirrors that the loaders name", () => {
  const mirrors = sourceFiles
    .filter(({ path }) => path.startsWith("pipelines/"))
    .flatMap(({ text }) => hosts(text));
  assertGreater(mirrors.length, 0);
  assertEquals(
    [...config.permissions.run.net].sort(),
    [...new Set(mirrors)].sort(),
  );
});

Deno.test("hosts() reads addresses from code, not from comments", () => {
  assertEquals(hosts('const url = "https://a.example/b/c.gz";'), ["a.example"]);
  assertEquals(hosts("  `https://b.example/${name}.gz`,"), ["b.example"]);
  assertEquals(hosts(' * "https://c.example/d"\n// "https://e.example/"'), []);
});

Deno.test("every task that runs a program names its permission set", () => {
  const commands = Object.values(config.tasks).map(commandOf);
  assertEquals(commands.filter(runsBare), []);
});

Deno.test("runsBare() finds a run without a permission set", () => {
  assertEquals(runsBare("deno run -P=run tasks/a.ts"), false);
  assertEquals(runsBare("deno fmt --check && deno task run"), false);
  assertEquals(runsBare("deno run tasks/a.ts"), true);
  assertEquals(runsBare("deno lint && deno test --allow-read"), true);
});

function commandOf(task: string | { readonly command?: string }): string {
  return typeof task === "string" ? task : task.command ?? "";
}

/** Whether one of the chained commands runs a program under no permission set of `deno.json`. */
function runsBare(command: string): boolean {
  return command.split("&&").some((part) =>
    /\bdeno (run|test|bench)\b/.test(part) && !/ -P=\w/.test(part)
  );
}
