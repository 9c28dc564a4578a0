/**
 * Warnings only.
 * @module
 */
import type { Screen, ShownProgress } from "./screen.ts";

/**
 * Says nothing but what should not be missed.
 *
 * @param screen Where warnings are printed.
 * @returns The progress.
 */
export function quietProgress(screen: Screen): ShownProgress {
  const ignore = () => {};
  return {
    stage: ignore,
    update: ignore,
    note: ignore,
    warn: (text) => screen.write(screen.emphasize(`Warning: ${text}`) + "\n"),
    [Symbol.dispose]: ignore,
  };
}
