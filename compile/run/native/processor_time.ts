import process from "node:process";

/** Milliseconds of this process on all processors. */
export function processorTime(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}
