/**
 * How much memory the process has needed.
 * @module
 */
import process from "node:process";

/**
 * Asks the system for the most memory that this process ever held (VmHWM on Linux).
 *
 * @returns Bytes.
 */
export function peakMemory(): number {
  return process.resourceUsage().maxRSS * 1024; // kibibytes, on every system
}
