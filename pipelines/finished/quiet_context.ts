/**
 * Where the networks of finished runs are called.
 * @module
 */
import type { Device } from "../../compile/types.ts";
import type { RunContext } from "../core/context.ts";
import { quietProgress } from "../core/run/progress/quiet_progress.ts";
import { errorScreen } from "../core/run/progress/screen.ts";

/**
 * A context outside of any run: one thread, warnings on the standard error stream, never aborted.
 *
 * @param device Where the network is compiled for.
 */
export function quietContext(
  device: Device,
): Pick<RunContext, "device" | "threads" | "signal" | "progress"> {
  return {
    device,
    threads: 1,
    signal: new AbortController().signal,
    progress: quietProgress(errorScreen()),
  };
}
