/**
 * Lets a file read times that a test has written.
 *
 * Only calls of `performance.now()` from that file are answered so; the runtime, the package's other files and what they
 * run go by the real clock.
 *
 * @param file The end of its path.
 * @param times What it reads, in turn, in milliseconds.
 * @param work What reads them.
 * @returns What it gives, and how many times it has read.
 * @throws {RangeError} If it reads more times than there are.
 */
export async function withClock<T>(
  file: string,
  times: readonly number[],
  work: () => Promise<T>,
): Promise<readonly [found: T, read: number]> {
  const real = performance.now;
  let read = 0;
  performance.now = () => {
    const [, , caller = ""] = (new Error().stack ?? "").split("\n");
    if (!caller.includes(`${file}:`)) return real.call(performance);
    const time = times[read++];
    if (time === undefined) {
      throw new RangeError(`Expected ${times.length} looks at the clock`);
    }
    return time;
  };
  try {
    return [await work(), read];
  } finally {
    performance.now = real;
  }
}

/** Starts and ends of turns that take so many milliseconds, one after another. */
export function turnsOf(milliseconds: readonly number[]): readonly number[] {
  let now = 0;
  return milliseconds.flatMap((own) => [now, now += own]);
}
