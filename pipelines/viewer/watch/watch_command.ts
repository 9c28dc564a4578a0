/**
 * The command that shows runs live: `deno task watch`.
 * @module
 */
import { runsFolder } from "../../core/run/new_record.ts";
import { print } from "../../core/run/terminal.ts";
import { serveLocally } from "../../core/runs/local_server.ts";
import { exitAfter } from "../../core/task/exit_after.ts";
import { count, text, toggle } from "../../core/task/fields.ts";
import { complete, type Flags, readFlags } from "../../core/task/flags.ts";
import { printHelp } from "../../core/task/print_help.ts";
import { type LoadTask, taskFinder } from "../known_task.ts";
import { watchAnswer } from "./watch_server.ts";

interface WatchConfig {
  readonly port: number;
  readonly place: string;
  readonly help: boolean;
}

const flags: Flags<WatchConfig> = {
  port: count(8650, "port on this machine; 0 for any that is free", {
    min: 0,
    max: 65535,
  }),
  place: text("", "the folder of runs; LOWERBOUND_RUNS or runs/ unless given"),
  help: toggle("show this text"),
};

const HELP = `watch: Shows runs live in a browser on this machine.

Usage: deno task watch [--port COUNT] [--place FOLDER]

It only reads, so that runs lose no time, and runs of other machines on a shared disk \
show too. It answers 127.0.0.1 alone; on another machine: ssh -L 8650:127.0.0.1:8650.`;

/**
 * Runs the command, until it is stopped.
 *
 * @param load Finds a task by its name, for its defaults and bands.
 * @param args The flags.
 * @returns Never.
 */
export async function watch(
  load: LoadTask,
  args: readonly string[],
): Promise<never> {
  return await exitAfter("watch", () => start(load, args));
}

async function start(
  load: LoadTask,
  args: readonly string[],
): Promise<number> {
  const given = readFlags(flags, args);
  const { port, place, help } = complete(flags, given, "full");
  if (help) {
    printHelp(HELP);
    return 0;
  }
  const folder = place || runsFolder();
  const server = serveLocally(port, watchAnswer(folder, taskFinder(load)));
  print(`Watching ${folder} at ${server.url}`);
  await server.finished;
  return 0;
}
