/**
 * The timing side of a comparison: processes that work in turns.
 * @module
 */
import { lines } from "./lines.ts";
import { readSystemFile } from "./system_file.ts";

/** How long a contestant may take to answer; compilers take minutes. */
const PATIENCE = { seconds: 600 };

/** How to start a contestant. */
export interface Command {
  /** As the table calls it. */
  readonly name: string;
  readonly program: string;
  readonly args: readonly string[];
}

/** A process that works when told to, and sleeps otherwise. */
export interface Contestant extends AsyncDisposable {
  readonly name: string;
  /** Versions and settings. */
  readonly facts: string;
  /** Works for about so many ms; gives the ms of one unit of its work. */
  readonly run: (milliseconds: number) => Promise<number>;
  /** The most memory that it has had so far, in megabytes: Linux tells. */
  readonly peakMegabytes: () => Promise<number>;
}

/**
 * Starts a contestant and waits until it is ready.
 *
 * @throws {Error} If it cannot be started or fails, with what it said last.
 */
export async function start(command: Command): Promise<Contestant> {
  const { name, program, args } = command;
  const child = new Deno.Command(program, {
    args: [...args],
    stdin: "piped",
    stdout: "piped",
    stderr: "piped",
  }).spawn();
  const complaint = new Response(child.stderr).text();
  const answers = lines(child.stdout);
  const input = child.stdin.getWriter();
  const answer = async (): Promise<Answer> => {
    const timer = setTimeout(
      () => child.kill("SIGKILL"),
      PATIENCE.seconds * 1000,
    );
    try {
      for (;;) {
        const { value, done } = await answers.next();
        if (done) throw new Error(reason(await complaint));
        if (value.startsWith("{")) return JSON.parse(value) as Answer; // libraries print other lines
      }
    } finally {
      clearTimeout(timer);
    }
  };
  const { facts = "" } = await answer();
  return {
    name,
    facts,
    run: async (milliseconds) => {
      await input.write(new TextEncoder().encode(`${milliseconds}\n`));
      const { milliseconds: found } = await answer();
      return found ?? NaN;
    },
    peakMegabytes: async () => {
      const status = await readSystemFile(`/proc/${child.pid}/status`);
      const kibibytes = status.match(/^VmHWM:\s+(\d+) kB$/m)?.[1];
      return Number(kibibytes) * 1024 / 1e6;
    },
    [Symbol.asyncDispose]: async () => {
      child.kill("SIGKILL"); // threads of its own may keep it from ending with its input
      await child.status;
      await input.close().catch(() => {}); // nobody reads it any more
    },
  };
}

/** What `serve()` and `contest.py` write. */
interface Answer {
  readonly facts?: string;
  readonly milliseconds?: number;
}

/** The error that a process told last, without colours and stack. */
function reason(complaint: string): string {
  // deno-lint-ignore no-control-regex -- terminals are coloured by control characters
  const plain = complaint.replace(/\x1b\[[0-9;]*m/g, "").trim();
  const errors = plain.split("\n").filter((line) =>
    /error/i.test(line) && !/^\s*at /.test(line)
  );
  return errors.at(-1)?.trim() ??
    `no answer within ${PATIENCE.seconds} seconds`;
}
