/**
 * The report on a sample of mutants.
 * @module
 */
import type { Outcome } from "./run_mutant.ts";

/** How many mutants of a sample were noticed. */
export interface Score {
  /** Noticed by a test. */
  readonly killed: number;
  /** Noticed by none. */
  readonly survived: number;
  /** Not to be noticed: the list of equal mutants says why. */
  readonly equal: number;
}

/** Counts what became of mutants. */
export function scoreOf(outcomes: readonly Outcome[]): Score {
  const count = (wanted: Outcome["status"]) =>
    outcomes.filter(({ status }) => status === wanted).length;
  return {
    killed: count("killed"),
    survived: count("survived"),
    equal: count("equal"),
  };
}

/** One line that says how many mutants were noticed. */
export function scoreLine(score: Score, seed: number): string {
  const { killed, survived, equal } = score;
  const all = killed + survived + equal;
  const share = (100 * killed / Math.max(1, killed + survived)).toFixed(1);
  return `Seed ${seed}: ${all} mutants; ${killed} killed, ${survived} survived, ${equal} equal; ${share} % of those that can be killed.`;
}

/** Writes the report as Markdown, the survivors first. */
export function reportOf(outcomes: readonly Outcome[], seed: number): string {
  const rank = ["survived", "equal", "killed"];
  const ordered = outcomes.toSorted((a, b) =>
    rank.indexOf(a.status) - rank.indexOf(b.status)
  );
  const rows = ordered.map(({ status, path, line, kind, ...rest }) => {
    const cells = [code(rest.before), code(rest.after), escape(rest.by)];
    return `| ${status} | ${path}:${line} | ${kind} | ${
      cells.join(" | ")
    } | ${rest.seconds} |`;
  });
  return [
    "# Mutants",
    "",
    scoreLine(scoreOf(outcomes), seed),
    "",
    "| | where | kind | before | after | by | seconds |",
    "| --- | --- | --- | --- | --- | --- | --- |",
    ...rows,
    "",
  ].join("\n");
}

function code(text: string): string {
  const short = text.length > 160 ? `${text.slice(0, 159)}…` : text;
  return `\`\`${escape(short)}\`\``;
}

function escape(text: string): string {
  return text.replaceAll("|", "\\|");
}
