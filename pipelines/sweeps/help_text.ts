/**
 * The text of `deno task sweep --help`.
 * @module
 */
import { kebab } from "../core/task/flags.ts";
import { sweepSettings } from "./sweep_settings.ts";

/** Describes a sweep's flags, without a last newline. */
export function helpText(): string {
  const rows = Object.entries(sweepSettings).map(([name, field]) => {
    const flag = `--${kebab(name)} ${field.form}`.trimEnd();
    const isPlain = field.form === "" || String(field.fallback) === "";
    const fallback = isPlain ? "" : ` (default ${field.fallback})`;
    return [flag, `${field.help}${fallback}`] as const;
  });
  const width = Math.max(...rows.map(([flag]) => flag.length));
  return [
    "sweep: Runs a task once for each combination of settings, and compares the results.",
    "",
    "Usage: deno task sweep TASK [flags of the task] [flags of the sweep]",
    "       deno task sweep --sweep FOLDER     goes on: finished cases stay",
    "       deno task TASK --help              the flags of the task",
    "",
    "Alternatives",
    "  --latent 2,3,5                        of one value: with commas",
    "  --seed 0..4                           of a whole number: both ends included",
    "  --hidden 500 --hidden 200,200         of a list or a text: the flag again",
    "",
    "Flags of the sweep",
    ...rows.map(([flag, help]) => `  ${flag.padEnd(width)}  ${help}`),
    "",
    "Examples",
    "  deno task sweep vae-k3 --latent 2,3,5 --seed 0..2 --smoke",
    "  deno task sweep vae-k3 --latent 2,3,5 --seed 0..4 --launcher slurm --time 60",
  ].join("\n");
}
