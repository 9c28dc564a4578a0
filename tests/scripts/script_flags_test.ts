import { assertEquals, assertStringIncludes } from "@std/assert";

async function type(file: string, ...args: readonly string[]) {
  const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: [
      ...["run", "-q", "--no-check", "--no-prompt", "--allow-read"],
      new URL(`../../scripts/${file}`, import.meta.url).pathname,
      ...args,
    ],
    env: { NO_COLOR: "1" },
  }).output();
  const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
  return { code, stdout: text(stdout), stderr: text(stderr) };
}

Deno.test("programs of the repository tell their flags, and refuse others in two lines", async () => {
  const { code, stdout } = await type("fuzz.ts", "--help");
  assertEquals([code, stdout], [
    0,
    `fuzz: Feeds each parser with inputs that reach its schema.

Usage: deno task fuzz [flags]

  --inputs COUNT  inputs for each parser [default 100000]
  --from COUNT    the first seed [default 0]
  --help          show this text
`,
  ]);
  const soak = await type("soak.ts", "--help");
  assertStringIncludes(soak.stdout, "  --no-tasks ");
  const wrong = await type("fuzz.ts", "--input", "3");
  assertEquals([wrong.code, wrong.stderr], [
    2,
    "Expected a known flag but found --input; did you mean --inputs?\nSee deno task fuzz --help\n",
  ]);
});
