/** Random choices that repeat themselves by their seed. */
export interface Random {
  /** A whole number from 0 up to `end`, without it. */
  readonly below: (end: number) => number;
  /** One of several. */
  readonly pick: <T>(from: readonly T[]) => T;
}

/** Starts a sequence of random choices; the generator is "mulberry32" by T. Ettinger. */
export function randomFrom(seed: number): Random {
  let state = seed >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
  const below = (end: number) => Math.floor(next() * end);
  return {
    below,
    pick: (from) => from[below(from.length)]!, // never empty
  };
}
