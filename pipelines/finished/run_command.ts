/**
 * What commands on a finished run share: `deno task NAME RUN [FLAGS]`.
 * @module
 */
import { complete, type Flags, readFlags } from "../core/task/flags.ts";
import { toggle } from "../core/task/fields.ts";
import { printHelp } from "../core/task/print_help.ts";
import { UsageError } from "../core/task/usage_error.ts";

/** A command line, read. */
export interface RunCommand<C> {
  /** The run's folder. */
  readonly folder: string;
  /** The flags. */
  readonly config: C;
}

/**
 * Reads a command line with the folder of a run and flags; `--help` prints the help.
 *
 * @param args The arguments.
 * @param flags A field for each flag.
 * @param help What `--help` prints.
 * @returns The command line; `undefined` after `--help`.
 * @throws {UsageError} If the folder is missing, or a flag is wrong.
 */
export function readRunCommand<C extends object>(
  args: readonly string[],
  flags: Flags<C>,
  help: string,
): RunCommand<C> | undefined {
  const isFlag = (arg: string) => arg.startsWith("-");
  const [folder] = args;
  const all = { ...flags, help: toggle("show this text") } as
    & Flags<C>
    & Flags<{ readonly help: boolean }>;
  const isFirst = folder !== undefined && !isFlag(folder);
  const given = readFlags(all, isFirst ? args.slice(1) : args);
  if ((given as { readonly help?: boolean }).help) {
    printHelp(help);
    return undefined;
  }
  if (!isFirst) throw new UsageError("Expected the folder of a run first");
  return { folder, config: complete(flags, given as Partial<C>, "full") };
}
