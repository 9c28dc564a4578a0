/**
 * Rehearses publishing: no slow types, no missing file, no wrong import.
 *
 * The stand-ins are packages of their own, and a package cannot hold another; so the rehearsal runs on a copy of what is
 * published, with the stand-ins outside of it.
 *
 * ```bash
 * deno task publish-check
 * ```
 * @module
 */

import { join } from "@std/path";
import { readConfig, root, runDeno, stageCopy } from "./stage_copy.ts";

const config = await readConfig();
const staged = await stageCopy(config.publish.include, {
  ...config,
  links: (config.links ?? []).map((link) => join(root, link)),
  nodeModulesDir: "none",
});
const code = await runDeno(staged, ["publish", "--dry-run"]);
await Deno.remove(staged, { recursive: true });
Deno.exit(code);
