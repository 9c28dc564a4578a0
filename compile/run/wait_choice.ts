/**
 * Whether threads that wait for each other during a run spin or sleep.
 * @module
 */

/** Spinning threads lose no time on a quiet machine, and on a busy one take it from those that they wait for. */
export type Waiting = "spinning" | "asleep";

/** What is known of some calls that went one way. */
export interface Look {
  /** Time of one step. */
  readonly milliseconds: number;
  /** Processor time of the process over that of all threads, had they never been interrupted. */
  readonly share: number;
}

/** A look takes as many calls as fill this time. */
const LOOK_MILLISECONDS = 50;
/** Looks each way in a trial. */
const LOOKS = 3;
/** Spinning threads that get less of their processors are interrupted by others. */
const QUIET_SHARE = 0.9;
/** So many interrupted looks in a row call for a trial. */
const PATIENCE = 4;
/** Steps that take so much longer, or shorter, call for a trial. */
const CHANGE = 1.3;
/** The other way must be so much faster. */
const GAIN = 0.97;
/** Looks from a trial to the next one: 5 s at least, doubled each time that nothing changes, up to 5 minutes. */
const PAUSE = { least: 100, most: 6400 } as const;

/** Learns from the times of calls which way is faster, and looks again when they change. */
export class WaitChoice {
  #chosen: Waiting = "spinning";
  /** Milliseconds of a step in the last trial. */
  #reference = NaN;
  /** Looks in a row at which threads were interrupted, or times were not those of the last trial. */
  #interrupted = 0;
  #changed = 0;
  #pause: number = PAUSE.least;
  /** Looks since the last trial. */
  #since = Infinity;
  #trial: Waiting[] = [];
  #found: Record<Waiting, number[]> = { spinning: [], asleep: [] };
  #steps = 0;
  #wall = 0;
  #processor = 0;

  /** The way that is taken outside of trials. */
  get chosen(): Waiting {
    return this.#chosen;
  }

  /** Tells whether both ways are being compared. */
  get isTrying(): boolean {
    return this.#trial.length > 0;
  }

  /** The way that the next call is to go. */
  get next(): Waiting {
    return this.#trial[0] ?? this.#chosen;
  }

  /**
   * Takes note of a call.
   *
   * @param steps How many it took.
   * @param wall Milliseconds that passed.
   * @param processor Milliseconds of the process on processors, divided by its threads.
   */
  note(steps: number, wall: number, processor: number): void {
    this.#steps += steps;
    this.#wall += wall;
    this.#processor += processor;
    if (this.#wall < LOOK_MILLISECONDS) return;
    const look = {
      milliseconds: this.#wall / this.#steps,
      share: this.#processor / this.#wall,
    };
    [this.#steps, this.#wall, this.#processor] = [0, 0, 0];
    if (this.isTrying) this.#compare(look);
    else this.#watch(look);
  }

  #compare({ milliseconds }: Look): void {
    const way = this.#trial.shift()!; // there is one: it is a trial
    this.#found[way].push(milliseconds);
    if (this.isTrying) return;
    const [spinning, asleep] = [this.#found.spinning, this.#found.asleep]
      .map(median) as [number, number]; // two in, two out
    const [before, after] = this.#chosen === "spinning"
      ? [spinning, asleep]
      : [asleep, spinning];
    const other = this.#chosen === "spinning" ? "asleep" : "spinning";
    const faster = after < GAIN * before ? other : this.#chosen;
    this.#pause = faster === this.#chosen
      ? Math.min(2 * this.#pause, PAUSE.most)
      : PAUSE.least;
    this.#chosen = faster;
    this.#reference = faster === "spinning" ? spinning : asleep;
    [this.#since, this.#interrupted, this.#changed] = [0, 0, 0];
  }

  #watch({ milliseconds, share }: Look): void {
    this.#since++;
    const ratio = milliseconds / this.#reference; // NaN before the first trial
    const isOther = ratio > CHANGE || ratio < 1 / CHANGE;
    this.#changed = isOther ? this.#changed + 1 : 0;
    this.#interrupted = share < QUIET_SHARE ? this.#interrupted + 1 : 0;
    const isDue = this.#since >= this.#pause &&
      (this.#chosen === "asleep" || this.#interrupted >= PATIENCE);
    const isUnrest = this.#since >= PAUSE.least && this.#changed >= PATIENCE;
    if (isDue || isUnrest) this.#begin();
  }

  /** The ways take turns, so that a change meanwhile meets both. */
  #begin(): void {
    this.#found = { spinning: [], asleep: [] };
    const round = ["asleep", "spinning"] as const;
    this.#trial = Array.from({ length: LOOKS }, () => round).flat();
  }
}

function median(numbers: readonly number[]): number {
  const sorted = numbers.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)]!; // of one at least
}
