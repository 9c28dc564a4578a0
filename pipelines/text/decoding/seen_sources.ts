/**
 * What steps see of the source sentences of all places.
 * @module
 */
import type { Decodable } from "./compiled_step.ts";
import type { NamedArrays } from "./kept_sequences.ts";

/** Arrays for the sources of some places, which become longer when longer sources come. */
export class SeenSources {
  readonly #shapes: Decodable["source"];
  readonly #places: number;
  #arrays: NamedArrays = {};
  #size = 0;

  /**
   * Makes no room yet.
   *
   * @param translator Says what steps see.
   * @param places Sentences side by side.
   */
  constructor({ source }: Pick<Decodable, "source">, places: number) {
    this.#shapes = source;
    this.#places = places;
  }

  /** Tokens of a source that there is room for. */
  get size(): number {
    return this.#size;
  }

  /** What a step is told, by name. */
  get arrays(): NamedArrays {
    return this.#arrays;
  }

  /** Makes room for longer sources; what is there keeps its positions, and zeros follow them. */
  widen(size: number): void {
    if (size <= this.#size) return;
    const before = this.#shapes(this.#size);
    const after = Object.entries(this.#shapes(size));
    this.#arrays = Object.fromEntries(after.map(([name, shape]) => {
      const to = new Float32Array(this.#places * product(shape));
      const from = this.#arrays[name];
      if (from) this.#copy(from, before[name]!, to, shape); // it had a shape
      return [name, to];
    }));
    this.#size = size;
  }

  /** Takes the source of a place, whose parts are as long as there is room. */
  set(place: number, source: NamedArrays): void {
    for (const [name, array] of Object.entries(this.#arrays)) {
      array.set(source[name]!, place * array.length / this.#places); // every part is encoded
    }
  }

  /** Copies what lies along the axis that has become longer. */
  #copy(
    from: Float32Array,
    before: readonly number[],
    to: Float32Array,
    after: readonly number[],
  ): void {
    const axis = before.findIndex((length, i) => length !== after[i]);
    const rows = this.#places * product(after.slice(0, axis));
    const [short, long] = [from.length / rows, to.length / rows];
    for (let row = 0; row < rows; row++) {
      to.set(from.subarray(row * short, (row + 1) * short), row * long);
    }
  }
}

function product(lengths: readonly number[]): number {
  return lengths.reduce((all, length) => all * length, 1);
}
