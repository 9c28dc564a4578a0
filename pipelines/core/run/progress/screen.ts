/**
 * Where progress is shown.
 * @module
 */
import process from "node:process";
import type { Progress } from "../../context.ts";
import { hasNoColor, writeAside } from "../terminal.ts";

/** Progress that ends what it has drawn. */
export interface ShownProgress extends Progress, Disposable {}

/** A terminal, or what stands for one. */
export interface Screen {
  /** Writes text as it is. */
  readonly write: (text: string) => void;
  /** Characters in a line. */
  readonly width: () => number;
  /** Makes text stand out. */
  readonly emphasize: (text: string) => string;
  /** Seconds on a clock that never goes back. */
  readonly now: () => number;
}

/**
 * The standard error stream, in yellow for emphasis unless `NO_COLOR` is set or it is no terminal.
 *
 * @returns The screen.
 */
export function errorScreen(): Screen {
  const isColorful = process.stderr.isTTY && !hasNoColor();
  return {
    write: writeAside,
    width,
    emphasize: (text) => isColorful ? `\x1b[33m${text}\x1b[39m` : text,
    now: () => performance.now() / 1000,
  };
}

/** Columns of the terminal, which may have gone. */
function width(): number {
  return process.stderr.columns || 80;
}
