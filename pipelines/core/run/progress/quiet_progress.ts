/**
 * No progress at all.
 * @module
 */
import type { Progress } from "../../context.ts";

/** Says nothing; warnings are kept for whoever asks. */
export function quietProgress(): Progress {
  const ignore = () => {};
  return { stage: ignore, update: ignore, note: ignore, warn: ignore };
}
