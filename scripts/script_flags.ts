/**
 * The command line of a program in this folder.
 * @module
 */
import { printAside } from "../pipelines/core/run/terminal.ts";
import { toggle } from "../pipelines/core/task/fields.ts";
import {
  complete,
  type Flags,
  kebab,
  readFlags,
} from "../pipelines/core/task/flags.ts";
import { printHelp } from "../pipelines/core/task/print_help.ts";
import { UsageError } from "../pipelines/core/task/usage_error.ts";

/**
 * Reads the flags of a program; `--help` prints them and ends it, as a wrong one does with exit code 2.
 *
 * @param name As in `deno task NAME`.
 * @param about What it does, in a sentence.
 * @param flags A field for each flag.
 * @param args The arguments.
 * @returns A value for each flag.
 */
export function scriptFlags<C extends object>(
  name: string,
  about: string,
  flags: Flags<C>,
  args: readonly string[] = Deno.args,
): C {
  const all = { ...flags, help: toggle("show this text") } as
    & Flags<C>
    & Flags<{ readonly help: boolean }>;
  try {
    const given = readFlags(all, args) as Partial<C> & { help?: boolean };
    if (!given.help) return complete(flags, given, "full");
    printHelp(`${name}: ${about}

Usage: deno task ${name} [flags]

${rowsOf({ ...all }).join("\n")}`);
    Deno.exit(0);
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    printAside(`${error.message}\nSee deno task ${name} --help`);
    Deno.exit(2);
  }
}

function rowsOf(flags: Flags<Record<string, unknown>>): readonly string[] {
  const rows = Object.entries(flags).map(([name, { form, help, fallback }]) => {
    const flag = fallback === true ? `no-${kebab(name)}` : kebab(name);
    const isPlain = form === "" || String(fallback) === "";
    const usual = isPlain ? "" : ` [default ${fallback}]`;
    return [`--${flag} ${form}`.trimEnd(), `${help}${usual}`] as const;
  });
  const width = Math.max(...rows.map(([flag]) => flag.length));
  return rows.map(([flag, help]) => `  ${flag.padEnd(width)}  ${help}`);
}
