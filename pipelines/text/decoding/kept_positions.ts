/**
 * Keys and values of the positions that sequences have written, kept outside of the graph.
 * @module
 */
import type { InputSpecs } from "../../../compile/types.ts";
import { layerNames } from "../../../models/decoding/stepwise_transformer.ts";
import { HIDDEN_SCORE } from "../../../models/layers/mask.ts";
import type { KeepSequences } from "./kept_sequences.ts";

/** Room comes in multiples of this, and grows by half: every room needs a compiled step, and full ones cost the least. */
const UNIT = 8;

/** Sizes of a decoder. */
export interface PositionSizes {
  /** Layers of the decoder. */
  readonly layers: number;
  /** Heads of attention. */
  readonly heads: number;
  /** Length of the vectors. */
  readonly width: number;
  /** The most tokens of a target. */
  readonly longest: number;
}

/**
 * Keeps keys and values of all positions, as `stepwiseTransformer` is told them.
 *
 * A position stays in the slot that it was written to. Where a sequence goes on from another one, it sees the slots of
 * that one from then on, so that no key moves when beam search drops sequences.
 *
 * @param sizes Of the decoder.
 */
export function keepPositions(
  { layers, heads, width, longest }: PositionSizes,
): KeepSequences {
  const depth = width / heads; // numbers of a key in a head
  const names = Array.from({ length: layers }, (_, layer) => {
    const { keys, values } = layerNames("written", layer);
    return [keys, values];
  }).flat();
  const most = Math.max(1, longest - 1); // nothing reads what the last token leaves
  const enough = (least: number) =>
    Math.min(Math.ceil(least / UNIT) * UNIT, most);

  return ({ batch, beams, expected }) => {
    const block = beams * depth; // numbers that a position leaves in a head
    const position = new Int32Array(batch);
    let room = enough(expected);
    let mask = hidden(room);
    let kept = new Map(names.map((name) => [name, zeros(room)]));

    function hidden(room: number) {
      return new Float32Array(batch * beams * room * beams).fill(HIDDEN_SCORE);
    }
    function zeros(room: number) {
      return new Float32Array(batch * heads * room * block);
    }
    /** Rows of some length become longer. */
    function widen(
      to: Float32Array<ArrayBuffer>,
      from: Float32Array<ArrayBuffer>,
      rows: number,
    ) {
      const [length, wide] = [from.length / rows, to.length / rows];
      for (let row = 0; row < rows; row++) {
        const part = from.subarray(row * length, (row + 1) * length);
        to.set(part, row * wide);
      }
      return to;
    }
    function grow() {
      room = enough(1.5 * room);
      mask = widen(hidden(room), mask, batch * beams);
      kept = new Map(
        [...kept].map(([name, array]) =>
          [name, widen(zeros(room), array, batch * heads)] as const
        ),
      );
    }
    /** What the sequences of a place see, [beam, slot]. */
    function seen(place: number) {
      const size = beams * room * beams;
      return mask.subarray(place * size, (place + 1) * size);
    }

    return {
      get room() {
        return room;
      },
      get specs(): InputSpecs {
        const shape = [batch, heads, room * beams, depth];
        return {
          position: { shape: [batch], dtype: "int32" },
          mask: { shape: [batch, beams, room * beams] },
          ...Object.fromEntries(names.map((name) => [name, { shape }])),
        };
      },
      get told() {
        return { position, mask, ...Object.fromEntries(kept) };
      },
      begin: (place) => {
        position[place] = 0;
        seen(place).fill(HIDDEN_SCORE);
      },
      follow: (place, parents, made) => {
        const at = position[place]!; // a place
        if (at >= room) grow();
        for (const [name, array] of kept) {
          const now = made[name]!; // a step makes it
          for (let head = 0; head < heads; head++) {
            const from = (place * heads + head) * block;
            const to = ((place * heads + head) * room + at) * block;
            array.set(now.subarray(from, from + block), to);
          }
        }
        const slots = room * beams;
        const own = seen(place);
        const before = own.slice(); // of the sequences before
        parents.forEach((parent, beam) => {
          const row = before.subarray(parent * slots, (parent + 1) * slots);
          own.set(row, beam * slots);
          own[beam * slots + at * beams + parent] = 0; // what the parent has just written
        });
        position[place] = at + 1;
      },
    };
  };
}
