import { assertEquals } from "@std/assert";
import { textFiles } from "./project_files.ts";

/** What no text may say, each with its reason; spelled so that this file does not say it. */
const FORBIDDEN: readonly (readonly [reason: string, pattern: RegExp])[] = [
  ["a path of one machine", /(^|[\s"'`(=:])\/(work|root)\//m],
  ["a folder outside the project", /\.\.\/shared\b/],
  ["all permissions at once", /\bdeno [^\n`]*\s(-A|--allow-all)\b/],
];

/** The check script may look for data beside the project. */
const CHECK_SCRIPT = ".ci/run";

function forbidden(path: string, text: string): readonly string[] {
  return FORBIDDEN
    .filter(([reason]) =>
      path !== CHECK_SCRIPT || reason !== "a folder outside the project"
    )
    .filter(([, pattern]) => pattern.test(text))
    .map(([reason]) => reason);
}

Deno.test("no text names a machine's paths or grants all permissions", () => {
  const found = textFiles
    .filter(({ path }) => !path.startsWith("tests/house/"))
    .flatMap(({ path, text }) =>
      forbidden(path, text).map((reason) => `${path}: ${reason}`)
    );
  assertEquals(found, []);
});

/** Where, what is written there, and why it must not be: none where it may. */
type Case = readonly [path: string, text: string, ...reasons: string[]];

const cases: readonly Case[] = [
  ["README.md", "See /work/main/mod.ts", "a path of one machine"],
  ["README.md", "`/root/.cache`", "a path of one machine"],
  ["README.md", "https://a.b/work/c and $XDG/root/"],
  [
    "README.md",
    "LOWERBOUND_DATA=../shared/data",
    "a folder outside the project",
  ],
  [".ci/run", "LOWERBOUND_DATA=../shared/data"],
  [".ci/run", "data=/work/data", "a path of one machine"],
  ["deno.json", '"vae-k3": "deno run -A a.ts"', "all permissions at once"],
  ["README.md", "`deno test --allow-all`", "all permissions at once"],
  ["deno.json", '"run": "deno run -P=run --allow-read"'],
];

for (const [path, text, ...reasons] of cases) {
  const verdict = reasons.length === 0 ? "may" : "must not";
  Deno.test(`${path} ${verdict} say ${text}`, () => {
    assertEquals(forbidden(path, text), reasons);
  });
}
