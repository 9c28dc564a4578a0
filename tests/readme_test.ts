import { assertEquals, assertExists, assertMatch } from "@std/assert";
import { join } from "@std/path";
import { tempFolder } from "./pipelines/core/temp_folder.ts";

const root = join(import.meta.dirname!, "..");

/** The first block of a language in the guide. */
async function block(language: string): Promise<string> {
  const readme = await Deno.readTextFile(join(root, "docs", "guide.md"));
  const found = new RegExp(`^\`\`\`${language}\n([^]*?)^\`\`\``, "m").exec(
    readme,
  );
  assertExists(found, `a block of ${language}`);
  return found[1]!; // there is one group
}

Deno.test("the guide's experiment runs outside the repository, with the guide's deno.json", async () => {
  using folder = tempFolder();
  const config: { imports: object; links: string[] } = JSON.parse(
    await block("json"),
  );
  assertEquals(config.links, ["../lowerbound"]);
  const standIns = ["std_assert", "std_cli", "std_path"]; // as said below the block, where JSR is out of reach
  const links = [root, ...standIns.map((n) => join(root, "stand_ins", n))];
  const text = JSON.stringify({ ...config, links });
  await Deno.writeTextFile(join(folder.path, "deno.json"), text);
  await Deno.writeTextFile(join(folder.path, "ink.ts"), await block("ts"));
  const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: [
      "run",
      "-q",
      "--check",
      "--no-prompt",
      "--allow-read",
      "--allow-env",
      "--allow-ffi",
      "ink.ts",
    ],
    cwd: folder.path,
    env: { NO_COLOR: "1" },
  }).output();
  assertEquals(code, 0, new TextDecoder().decode(stderr));
  assertMatch(
    new TextDecoder().decode(stdout),
    /^13\.\d % of the pixels are black\n$/,
  );
});
