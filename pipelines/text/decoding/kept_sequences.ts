/**
 * What a model needs to be told of sequences in progress, kept outside of its graph.
 * @module
 */
import type { InputSpecs } from "../../../compile/types.ts";

/** Numbers by name. */
export type NamedArrays = Readonly<Record<string, Float32Array>>;

/** How much is kept. */
export interface KeptSizes {
  /** Sentences side by side. */
  readonly batch: number;
  /** Sequences that run on each of them. */
  readonly beams: number;
  /** Tokens that most sequences will have: room for more is made when it is needed. */
  readonly expected: number;
}

/** Sequences in progress, some on each of several places for sentences. */
export interface KeptSequences {
  /** Slots that there is room for; a step is compiled for each room. */
  readonly room: number;
  /** What a step is told. */
  readonly specs: InputSpecs;
  /** The numbers of `specs`. */
  readonly told: Readonly<Record<string, Float32Array | Int32Array>>;
  /**
   * Begins the sequences of another sentence.
   *
   * @param place Of the sentence.
   * @param first What the encoder gave for its sequences to begin with.
   */
  readonly begin: (place: number, first: NamedArrays) => void;
  /**
   * Goes on after a step, and makes room for the next one.
   *
   * @param place Of the sentence.
   * @param parents For each sequence that runs on, the one that it grew from.
   * @param made What the step made, of all places.
   */
  readonly follow: (
    place: number,
    parents: readonly number[],
    made: NamedArrays,
  ) => void;
}

/** Makes what a model keeps. */
export type KeepSequences = (sizes: KeptSizes) => KeptSequences;

/**
 * Keeps a state of each sequence, which every step replaces: `state`, [batch, beam, units].
 *
 * @param units Numbers of a state.
 */
export function keepStates(units: number): KeepSequences {
  return ({ batch, beams }) => {
    const state = new Float32Array(batch * beams * units);
    return {
      room: 0,
      specs: { state: { shape: [batch, beams, units] } },
      told: { state },
      begin: (place, { state: first }) => {
        for (let beam = 0; beam < beams; beam++) {
          state.set(first!, (place * beams + beam) * units); // the encoder gives it
        }
      },
      follow: (place, parents, { state: next }) => {
        parents.forEach((parent, beam) => {
          const from = (place * beams + parent) * units;
          const to = (place * beams + beam) * units;
          state.set(next!.subarray(from, from + units), to); // a step makes it
        });
      },
    };
  };
}
