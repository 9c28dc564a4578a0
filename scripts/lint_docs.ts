/**
 * Lints the documentation of everything that the package exports.
 *
 * `deno doc --lint` 2.9 calls a type private when it belongs to an npm package, such as `Tensor` of TensorFlow.js; that
 * is no fault of ours, and nothing else is passed over: the declaration that a finding quotes must stand, at the line it
 * quotes, in a declaration file of the package.
 *
 * ```bash
 * deno task lint-docs
 * ```
 * @module
 */

import { join } from "@std/path";
import { readConfig, root } from "./stage_copy.ts";

const { exports } = await readConfig();
const files = typeof exports === "string" ? [exports] : Object.values(exports);
const { stderr } = await new Deno.Command(Deno.execPath(), {
  args: ["doc", "--lint", ...files],
  cwd: root,
  env: { NO_COLOR: "1" },
}).output();
const report = new TextDecoder().decode(stderr);
const [first = "", ...findings] = report.split(/^(?=error\[)/m);
const foreign = await foreignLines(join(root, "node_modules", ".deno"));
const own = findings.filter((finding) => !isForeign(finding));
const isBroken = findings.length === 0 && /^error/m.test(first);
if (own.length > 0 || isBroken) {
  const findings = isBroken ? first : own.join("");
  // deno-lint-ignore no-console -- a script answers on the terminal
  console.error(`${findings}\nFound ${own.length} faults of documentation`);
  Deno.exit(1);
}

/** Whether the type a finding calls private is declared by TensorFlow.js. */
function isForeign(finding: string): boolean {
  const [, line, text] =
    /^ *(\d+) \| (.*)\n.*this is the referenced type/m.exec(finding) ?? [];
  return finding.startsWith("error[private-type-ref]") &&
    line !== undefined && foreign.has(`${line} ${text}`);
}

/** Each line of the declaration files of TensorFlow.js, after its number. */
async function foreignLines(folder: string): Promise<ReadonlySet<string>> {
  const lines = new Set<string>();
  for await (const { name } of Deno.readDir(folder)) {
    if (!name.startsWith("@tensorflow+")) continue;
    await gather(join(folder, name, "node_modules", "@tensorflow"), lines);
  }
  return lines;
}

async function gather(folder: string, lines: Set<string>): Promise<void> {
  for await (const { name, isDirectory } of Deno.readDir(folder)) {
    const path = join(folder, name);
    if (isDirectory) await gather(path, lines);
    if (!name.endsWith(".d.ts")) continue;
    const text = await Deno.readTextFile(path);
    text.split(/\r?\n/).forEach((line, i) => lines.add(`${i + 1} ${line}`));
  }
}
