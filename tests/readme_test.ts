import { assertEquals, assertExists, assertMatch } from "@std/assert";
import { join } from "@std/path";
import { tempFolder } from "./pipelines/core/temp_folder.ts";

const root = join(import.meta.dirname!, "..");

/** The first block of a language in the guide that has a text in it. */
async function block(language: string, part = ""): Promise<string> {
  const guide = await Deno.readTextFile(join(root, "docs", "guide.md"));
  const blocks = guide.matchAll(
    new RegExp(`^\`\`\`${language}\n([^]*?)^\`\`\``, "gm"),
  );
  const found = [...blocks].map(([, text]) => text!) // there is one group
    .find((text) => text.includes(part));
  assertExists(found, `a block of ${language} with ${part}`);
  return found;
}

/** What a program prints in a folder outside the repository, with the guide's `deno.json`. */
async function printed(
  program: string,
  files: Readonly<Record<string, string>> = {},
  ...flags: readonly string[]
): Promise<string> {
  using folder = tempFolder();
  const config: { imports: object; links: string[] } = JSON.parse(
    await block("json"),
  );
  assertEquals(config.links, ["../lowerbound"]);
  const standIns = ["std_assert", "std_cli", "std_path"]; // as said below the block, where JSR is out of reach
  const links = [root, ...standIns.map((n) => join(root, "stand_ins", n))];
  const tfjs = { "@tensorflow/tfjs": "npm:@tensorflow/tfjs@4.22.0" };
  const imports = { ...config.imports, ...tfjs };
  const all = {
    ...files,
    "deno.json": JSON.stringify({ ...config, imports, links }),
    "main.ts": program,
  };
  for (const [name, text] of Object.entries(all)) {
    await Deno.writeTextFile(join(folder.path, name), text);
  }
  const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: [
      "run",
      "-q",
      "--no-prompt",
      "--allow-read",
      "--allow-env",
      "--allow-ffi",
      ...flags,
      "main.ts",
    ],
    cwd: folder.path,
    env: { NO_COLOR: "1" },
  }).output();
  assertEquals(code, 0, new TextDecoder().decode(stderr));
  return new TextDecoder().decode(stdout);
}

Deno.test("the guide's experiment runs outside the repository, with the guide's deno.json", async () => {
  const program = await block("ts", "measure-ink");
  assertMatch(
    await printed(program, {}, "--check"),
    /^13\.\d % of the pixels are black\n$/,
  );
});

Deno.test("the guide's beta-VAE runs outside the repository, and its hook is called at each validation", async () => {
  const text = await printed(await block("ts", "trainBeta"));
  assertMatch(
    text,
    /^0: KL 0\.\d nats\n(\d+: KL \d\.\d nats\n){3}ELBO -\d+\.\d nats per image\n$/,
  );
});

Deno.test("the guide's new family runs outside the repository, and learns", async () => {
  const text = await printed(await block("ts", "fitMixture"));
  const [, nats] = /^(-\d+\.\d) nats per image\n$/.exec(text) ?? [];
  const untrained = -784 * Math.log(2); // every pixel is ink with probability 1/2
  assertEquals(Number(nats) > untrained / 2, true, text);
});

Deno.test("the guide's beta-VAE takes a user's CSV, outside the repository", async () => {
  const program = await block("ts", "trainBeta");
  const lines = Array.from({ length: 240 }, (_, i) => {
    const bar = i % 6;
    const pixels = Array.from(
      { length: 36 },
      (_, at) => (i % 2 === 0 ? at % 6 : Math.floor(at / 6)) === bar ? 255 : 0,
    );
    return [i % 2 === 0 ? "upright" : "lying", ...pixels].join(",");
  });
  const header = [
    "label",
    ...Array.from({ length: 36 }, (_, i) => `pixel${i}`),
  ];
  const own = program.replace('data: "digits"', 'data: "./bars.csv"')
    .replace("latent: 5", "batch: 20,\n  latent: 5");
  const text = await printed(own, {
    "bars.csv": [header.join(","), ...lines].join("\n"),
  });
  assertMatch(text, /ELBO -\d+\.\d nats per image\n$/);
});
