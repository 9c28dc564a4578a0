import { setImmediate } from "node:timers";

/** Lets all other tasks that wait have their turn: runs are synchronous. */
export function turn(): Promise<void> {
  return new Promise((resolve) => void setImmediate(resolve));
}
