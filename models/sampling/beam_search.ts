/**
 * Beam search: likely sequences, found by keeping the best few of each length.
 * @module
 */

/** How the score of an ended sequence follows from its log probability; a length counts the token that ends it. */
export type LengthPenalty =
  /** The log probability itself, which prefers short sequences. */
  | { readonly kind: "none" }
  /** Divided by the length, the mean log probability of a token. */
  | { readonly kind: "length" }
  /** Divided by ((5 + length) / 6)^alpha; Wu et al. 2016, eq. 14. */
  | { readonly kind: "gnmt"; readonly alpha: number };

/** How to search. */
export interface BeamOptions {
  /** Sequences kept of each length. */
  readonly width: number;
  /** The token that ends a sequence. */
  readonly end: number;
  /** The greatest length, with the token that ends it. */
  readonly maxLength: number;
  /** What to rank ended sequences by. */
  readonly penalty: LengthPenalty;
  /**
   * When to stop: once no running sequence can beat the best ended one (`settled`), or as soon as `width` sequences have
   * ended (`ended`), which for a width of 1 is greedy search.
   */
  readonly stop: "settled" | "ended";
}

/** A sequence of tokens. */
export interface Hypothesis {
  /** Without the tokens that begin and end it. */
  readonly tokens: readonly number[];
  /** Sum over its tokens and, once ended, the token that ends it, in nats. */
  readonly logProb: number;
  /** The log probability after the length penalty. */
  readonly score: number;
  /** Whether it ended; a search that reaches the greatest length may have no other. */
  readonly isEnded: boolean;
}

/** The sequences of one search. */
export interface Beam {
  /** Still growing, the likeliest first; none when the search is over. */
  readonly running: readonly Hypothesis[];
  /** Which of the running sequences before each of these grew from. */
  readonly parents: readonly number[];
  /** Hypotheses that ended, in the order found. */
  readonly ended: readonly Hypothesis[];
}

/** A token that may follow a running sequence. */
export interface NextToken {
  /** Index into `running`. */
  readonly parent: number;
  /** The token. */
  readonly token: number;
  /** Given the sequence before it, in nats; -Infinity if impossible. */
  readonly logProb: number;
}

/** A search that has one running sequence, without tokens. */
export const beginning: Beam = {
  running: [{ tokens: [], logProb: 0, score: 0, isEnded: false }],
  parents: [0],
  ended: [],
};

/**
 * Extends each running sequence by a token.
 *
 * Of the 2 `width` likeliest extensions, those that end leave the beam, and count if they are among the first `width`;
 * the first `width` others run on.
 *
 * @param beam The sequences so far.
 * @param next At least the 2 `width` likeliest tokens after each of them.
 * @param options How to search.
 * @returns The sequences that are one token longer.
 * @throws {RangeError} If the width or the length is not positive.
 */
export function extendBeam(
  beam: Beam,
  next: readonly NextToken[],
  options: BeamOptions,
): Beam {
  const { width, end, maxLength } = options;
  if (!(width >= 1) || !(maxLength >= 1)) {
    throw new RangeError(
      `Expected a positive width and length but found ${width} and ${maxLength}`,
    );
  }
  const candidates = next.filter(({ logProb }) => logProb > -Infinity)
    .map(({ parent, token, logProb }) => ({
      parent,
      token,
      total: beam.running[parent]!.logProb + logProb, // a parent runs
    }))
    .sort((a, b) => b.total - a.total) // stable: the first given wins a tie
    .slice(0, 2 * width);
  const length = (beam.running[0]?.tokens.length ?? 0) + 1;
  const running: Hypothesis[] = [];
  const parents: number[] = [];
  const ended = [...beam.ended];
  candidates.forEach(({ parent, token, total: logProb }, rank) => {
    const { tokens } = beam.running[parent]!; // as above
    if (token === end) {
      if (rank >= width) return;
      const score = scoreOf(logProb, length, options.penalty);
      ended.push({ tokens, logProb, score, isEnded: true });
    } else if (running.length < width) {
      const score = scoreOf(logProb, length, options.penalty);
      running.push({
        tokens: [...tokens, token],
        logProb,
        score,
        isEnded: false,
      });
      parents.push(parent);
    }
  });
  const isOver = isSettled(running, ended, options);
  if (isOver) return { running: [], parents: [], ended };
  if (length < maxLength) return { running, parents, ended };
  return {
    running: [],
    parents: [],
    ended: ended.length > 0 ? ended : running,
  };
}

/**
 * Ranks what a search found.
 *
 * @param beam The search, over or not.
 * @returns Ended sequences, the best first; running ones where none has ended.
 */
export function bestOf({ running, ended }: Beam): readonly Hypothesis[] {
  const found = ended.length > 0 ? ended : running;
  return [...found].sort((a, b) => b.score - a.score);
}

function isSettled(
  running: readonly Hypothesis[],
  ended: readonly Hypothesis[],
  { width, penalty, maxLength, stop }: BeamOptions,
): boolean {
  if (running.length === 0) return true;
  if (ended.length < width) return false;
  if (stop === "ended") return true;
  const best = ended.reduce(
    (most, { score }) => Math.max(most, score),
    -Infinity,
  );
  // A log probability only falls, and a negative one scores best at the greatest length.
  return running.every(({ logProb }) =>
    scoreOf(logProb, maxLength, penalty) <= best
  );
}

function scoreOf(
  logProb: number,
  length: number,
  penalty: LengthPenalty,
): number {
  switch (penalty.kind) {
    case "none":
      return logProb;
    case "length":
      return logProb / length;
    case "gnmt":
      return logProb / ((5 + length) / 6) ** penalty.alpha;
  }
}
