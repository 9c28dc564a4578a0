/**
 * The most frequent pair of pieces, while counts change.
 * @module
 */

/** Two neighbouring pieces. */
export interface Pair {
  /** The piece on the left, by number. */
  readonly left: number;
  /** The piece on the right, by number. */
  readonly right: number;
}

interface Entry extends Pair {
  readonly count: number;
}

/** A heap of pairs; a pair whose count changed is put in again, and its old entry is passed over. */
export class PairQueue {
  readonly #heap: Entry[] = [];

  /** Puts a pair in, with its new count. */
  push(entry: Entry): void {
    const heap = this.#heap;
    heap.push(entry);
    for (let i = heap.length - 1; i > 0;) {
      const parent = (i - 1) >> 1;
      if (!isBefore(heap[i]!, heap[parent]!)) break; // both inside
      [heap[i], heap[parent]] = [heap[parent]!, heap[i]!]; // as above
      i = parent;
    }
  }

  /**
   * Takes the most frequent pair out; of equally frequent ones that with the smaller numbers.
   *
   * @param countOf The count of a pair now.
   * @returns Nothing where no pair is left.
   */
  pop(countOf: (pair: Pair) => number): Entry | undefined {
    for (;;) {
      const top = this.#popEntry();
      if (top === undefined || top.count === countOf(top)) return top;
    }
  }

  #popEntry(): Entry | undefined {
    const heap = this.#heap;
    const top = heap[0];
    const last = heap.pop();
    if (top === undefined || last === undefined || heap.length === 0) {
      return top;
    }
    heap[0] = last;
    for (let i = 0;;) {
      const [left, right] = [2 * i + 1, 2 * i + 2];
      let first = i;
      for (const child of [left, right]) {
        if (child < heap.length && isBefore(heap[child]!, heap[first]!)) {
          first = child; // both inside
        }
      }
      if (first === i) return top;
      [heap[i], heap[first]] = [heap[first]!, heap[i]!]; // as above
      i = first;
    }
  }
}

function isBefore(a: Entry, b: Entry): boolean {
  return a.count !== b.count
    ? a.count > b.count
    : a.left !== b.left
    ? a.left < b.left
    : a.right < b.right;
}
