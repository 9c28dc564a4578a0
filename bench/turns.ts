/**
 * Contestants in turns, so that a slow moment of the machine hits them all.
 * @module
 */
import { type Command, type Contestant, start } from "./contestant.ts";

/** Times of one contestant, or why there are none. */
export interface Timing {
  readonly name: string;
  /** Versions and settings; or the reason, where it was not measured. */
  readonly facts: string;
  /** Milliseconds for one unit, one for each round; empty where it was not measured. */
  readonly times: readonly number[];
}

/** How long to measure. */
export interface Turns {
  readonly rounds: number;
  /** Time of one turn. */
  readonly milliseconds: number;
}

/**
 * Lets contestants work one after the other, again and again.
 *
 * @param commands How to start each.
 * @param turns How often, and how long.
 * @returns Their times, in the same order.
 */
export async function takeTurns(
  commands: readonly Command[],
  { rounds, milliseconds }: Turns,
): Promise<readonly Timing[]> {
  await using stack = new AsyncDisposableStack();
  const turns: Turn[] = [];
  for (const command of commands) {
    const turn: Turn = { name: command.name, facts: "", times: [] };
    turns.push(turn);
    await attempt(turn, async () => {
      turn.contestant = stack.use(await start(command));
      turn.facts = turn.contestant.facts;
    });
  }
  for (let round = 0; round < rounds; round++) {
    for (const turn of turns) {
      await attempt(turn, async () => {
        const time = await turn.contestant?.run(milliseconds);
        if (time !== undefined) turn.times.push(time);
      });
    }
  }
  return turns;
}

interface Turn extends Timing {
  facts: string;
  readonly times: number[];
  contestant?: Contestant | undefined;
}

/** Who fails is out, and the reason is kept. */
async function attempt(turn: Turn, act: () => Promise<void>): Promise<void> {
  try {
    await act();
  } catch (error) {
    turn.contestant = undefined;
    turn.times.length = 0;
    turn.facts = error instanceof Error ? error.message : String(error);
  }
}
