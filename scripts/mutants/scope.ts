/**
 * Which files are mutated.
 * @module
 */

/** Rooms all of whose files count. */
const ROOMS =
  /^(models|compile\/(lower|graph)|pipelines\/(statistics|text\/metrics))\//;

/** What says whether a number is as expected. */
const BANDS = /^pipelines\/core\/task\/(expected_bands|result_table)\.ts$/;

/** What measures, summarizes or chooses, by the file's name. */
const MEASURES = new RegExp(
  [
    "evaluate|measure|summar|report|compare|estimat|score|find|count(?!ed_)|choose",
    "statistic|numbers|sentence|quality|bits|nearest|entropy|floor|gradient",
    "jacobian|singular|norms|gap|lifetimes|step_sizes|weighed|annealed|_means",
    "pace|published|remedies|known|learning_rate|progression|alignment|error",
    "history|log_abs_det|frozen|group_runs|simulate|solve|plus_minus|results",
    "losses|active|finish|noise|study_cases",
  ].join("|"),
);

/** What draws, and what lists the public names. */
const LEFT_OUT = /\/(draw_\w+|mod|\w+_(entries|settings))\.ts$/;

/** Whether a file of the project is mutated; its path is relative to the root. */
export function isInScope(path: string): boolean {
  if (/^fixtures\/expected\/[\w-]+\.json$/.test(path)) return true;
  if (!path.endsWith(".ts") || LEFT_OUT.test(path)) return false;
  if (ROOMS.test(path)) return true;
  if (BANDS.test(path)) return true;
  return !/^pipelines\/(core|charts)\//.test(path) &&
    path.startsWith("pipelines/") &&
    MEASURES.test(path.slice(path.lastIndexOf("/") + 1));
}

/** Whether the texts of a file are sentences for readers. */
export function hasSentences(path: string): boolean {
  return /(report|sentence|summar|plus_minus)/.test(path);
}

/** Turns a glob with `*`, `**` and `{a,b}` into a test of paths. */
export function matches(glob: string): (path: string) => boolean {
  const pattern = glob
    .replace(/[.+^$()|[\]\\]/g, "\\$&")
    .replace(
      /\{([^}]*)\}/g,
      (_, all: string) => `(${all.replaceAll(",", "|")})`,
    )
    .replace(/\*\*\/?|\*/g, (star) => star === "*" ? "[^/]*" : ".*");
  const whole = new RegExp(`^${pattern}$`);
  return (path) => whole.test(path);
}
