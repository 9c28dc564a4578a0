/**
 * Keys and values of the positions that sequences have written, kept outside of the graph.
 * @module
 */
import type { InputSpecs } from "../../../compile/types.ts";
import { layerNames } from "../../../models/decoding/stepwise_transformer.ts";
import { HIDDEN_SCORE } from "../../../models/layers/mask.ts";
import type { KeepSequences, NamedArrays } from "./kept_sequences.ts";

/** Room comes in multiples of this, and grows by half: every room needs a compiled step, and full ones cost the least. */
const UNIT = 8;

/** Slots beyond the positions that each further sequence may need before it meets the others in the past. */
const MORE_SLOTS = 2;

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
 * that one from then on, so that no key moves when beam search drops sequences. Sequences share most of their past: a slot
 * that none of them sees any more is written again, and few more slots are needed than there are positions.
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
  const positions = Math.max(1, longest - 1); // nothing reads what the last token leaves

  return ({ batch, beams, expected }) => {
    const position = new Int32Array(batch);
    const most = positions * beams;
    const enough = (least: number) =>
      Math.min(Math.ceil(least / UNIT) * UNIT, most);
    let room = enough(expected + MORE_SLOTS * (beams - 1));
    let mask = hidden(room);
    let kept = new Map(names.map((name) => [name, zeros(room)]));

    function hidden(room: number) {
      return new Float32Array(batch * beams * room).fill(HIDDEN_SCORE);
    }
    function zeros(room: number) {
      return new Float32Array(batch * heads * room * depth);
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
      const size = beams * room;
      return mask.subarray(place * size, (place + 1) * size);
    }
    /** Lets sequences see what their parents saw, and those that do not run on see nothing. */
    function inherit(own: Float32Array, parents: readonly number[]) {
      const before = own.slice();
      own.fill(HIDDEN_SCORE, parents.length * room);
      parents.forEach((parent, beam) => {
        const row = before.subarray(parent * room, (parent + 1) * room);
        own.set(row, beam * room);
      });
    }
    /** The first slots of a place that none of its sequences sees, as many as are wanted or fewer. */
    function freeSlots(own: Float32Array, wanted: number) {
      const free: number[] = [];
      for (let slot = 0; slot < room && free.length < wanted; slot++) {
        let isSeen = false;
        for (let at = slot; at < own.length; at += room) {
          isSeen ||= own[at] === 0;
        }
        if (!isSeen) free.push(slot);
      }
      return free;
    }
    /** Writes what a sequence has made of its position into a slot. */
    function write(
      made: NamedArrays,
      { place, beam, slot }: Record<"place" | "beam" | "slot", number>,
    ) {
      for (const [name, array] of kept) {
        const now = made[name]!; // a step makes it
        for (let head = place * heads; head < (place + 1) * heads; head++) {
          const from = (head * beams + beam) * depth;
          const to = (head * room + slot) * depth;
          for (let i = 0; i < depth; i++) array[to + i] = now[from + i]!; // faster than a part of an array for so few
        }
      }
    }

    return {
      get room() {
        return room;
      },
      get specs(): InputSpecs {
        const shape = [batch, heads, room, depth];
        return {
          position: { shape: [batch], dtype: "int32" },
          mask: { shape: [batch, beams, room] },
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
        inherit(seen(place), parents);
        const written = [...new Set(parents)];
        let free = freeSlots(seen(place), written.length);
        while (free.length < written.length) {
          grow();
          free = freeSlots(seen(place), written.length);
        }
        const own = seen(place);
        written.forEach((parent, i) => {
          const slot = free[i]!; // there are enough now
          write(made, { place, beam: parent, slot });
          parents.forEach((one, beam) => {
            if (one === parent) own[beam * room + slot] = 0;
          });
        });
        position[place]! += 1; // a place
      },
    };
  };
}
