/**
 * The timed side of a comparison: a process that works whenever it is told to.
 *
 * It writes a line `{"facts": ...}` when it is ready. For each line `N` that it reads it works for about N ms, and
 * writes a line `{"milliseconds": ...}`, for one unit of the work. It ends with its input.
 * @module
 */
import { lines } from "./lines.ts";
import { print } from "./print.ts";
import type { Work } from "./work/work.ts";

/** Serves work until the input ends. */
export async function serve({ facts, run }: Work): Promise<void> {
  print(JSON.stringify({ facts }));
  for await (const line of lines(Deno.stdin.readable)) {
    const milliseconds = await run(Number(line));
    print(JSON.stringify({ milliseconds }));
  }
}
