/**
 * Runs the whole suite against the real `@std` packages, in a copy of the project without the stand-ins.
 *
 * ```bash
 * deno task test-with-jsr
 * ```
 * @module
 */

import { readConfig, root, runDeno, stageCopy } from "./stage_copy.ts";

const JSR = "https://jsr.io";
const TIMEOUT_MS = 10_000;

/** What is made anew in the copy, or has no place there. */
const LEFT_OUT: ReadonlySet<string> = new Set([
  ".git",
  ".venv",
  "coverage",
  "deno.json",
  "deno.lock", // records the stand-ins
  "node_modules",
  "runs",
  "stand_ins",
]);

if (!await isReachable()) {
  // deno-lint-ignore no-console -- a script answers on the terminal
  console.error(
    `Cannot test against the real packages: JSR is not reachable at ${JSR}`,
  );
  Deno.exit(1);
}
const { links: _, ...config } = await readConfig();
const paths = [...Deno.readDirSync(root)]
  .map(({ name }) => name)
  .filter((name) => !LEFT_OUT.has(name));
const staged = await stageCopy(paths, config);
const code = await runDeno(staged, ["task", "test", ...Deno.args]);
await Deno.remove(staged, { recursive: true });
Deno.exit(code);

async function isReachable(): Promise<boolean> {
  try {
    const answer = await fetch(`${JSR}/@std/assert/meta.json`, {
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    await answer.body?.cancel();
    return answer.ok;
  } catch {
    return false;
  }
}
