/**
 * Runs the small run in a folder, and kills this process at one of its calls, or finds the disk full from there on:
 * `kill_probe.ts FOLDER CALL torn|killed|full`.
 * @module
 */
import process from "node:process";
import { withFault } from "./faulty_files.ts";
import { goOn } from "./small_run.ts";

const [folder = "", at = "", kind] = process.argv.slice(2);
await withFault(
  Number(at),
  { kind: kind === "torn" || kind === "full" ? kind : "killed" },
  () => goOn(folder),
  () => process.kill(process.pid, "SIGKILL"),
);
