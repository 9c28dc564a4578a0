/**
 * Windows of text.
 * @module
 */

/** Consecutive windows of a text, cut into blocks of one size, as compiled functions need them. */
export interface WindowBlock {
  /** How many of the block's windows are real; the rest repeat the last one. */
  readonly count: number;
  /** One after another, [size, window]. */
  readonly windows: Int32Array<ArrayBuffer>;
}

/** How to cut a text. */
export interface WindowCut {
  /** Characters in a window. */
  readonly window: number;
  /** Characters from the beginning of one to that of the next. */
  readonly stride: number;
  /** The most windows; 0: all. */
  readonly most: number;
}

/**
 * Counts the whole windows of a text.
 *
 * @param length Characters of the text.
 * @param cut How it is cut.
 * @returns Windows.
 */
export function countWindows(
  length: number,
  { window, stride, most }: WindowCut,
): number {
  const all = Math.max(0, Math.floor((length - window) / stride) + 1);
  return most === 0 ? all : Math.min(most, all);
}

/**
 * Cuts a text into blocks of windows; characters left over at the end are in none.
 *
 * @param text Indices of characters.
 * @param cut How it is cut.
 * @param size Windows in a block.
 * @returns The blocks, in order.
 */
export function* windowBlocks(
  text: Int32Array<ArrayBuffer>,
  cut: WindowCut,
  size: number,
): Generator<WindowBlock> {
  const { window, stride } = cut;
  const total = countWindows(text.length, cut);
  for (let first = 0; first < total; first += size) {
    const count = Math.min(size, total - first);
    const windows = new Int32Array(size * window);
    for (let i = 0; i < size; i++) {
      const start = (first + Math.min(i, count - 1)) * stride;
      windows.set(text.subarray(start, start + window), i * window);
    }
    yield { count, windows };
  }
}
