/**
 * The measured part of `README.md`: read, changed row by row, and written.
 * @module
 */
import { type Row, rowLine } from "./table.ts";

/** A table and the list below it. */
export interface Results {
  readonly rows: readonly Row[];
  /** The machine first, then versions and settings, each led by the work. */
  readonly facts: readonly string[];
}

/** What was measured of one work. */
export interface Section extends Results {
  readonly work: string;
}

/** A table with its list in Markdown. */
export function resultsText({ rows, facts }: Results): string {
  const lines = [
    "| work | ours | against | ours / theirs (least, greatest) | at most |",
    "| --- | --- | --- | --- | --- |",
    ...rows.map(rowLine),
    "",
    ...facts.map((fact) => `- ${fact}`),
  ];
  return lines.join("\n");
}

/** Reads what `resultsText()` gave, also after it was formatted. */
export function readResults(text: string): Results {
  const lines = text.split("\n");
  const rows = lines.filter((line) => line.startsWith("|")).slice(2);
  const list = lines.filter((line) => !line.startsWith("|")).join("\n");
  return {
    rows: rows.map((line) => {
      const [, work = "", ours = "", against = "", ratio = "", atMost = ""] =
        line.split("|").map((cell) => cell.trim());
      return { work, ours, against, ratio, atMost };
    }),
    facts: list.split(/^- /m).slice(1)
      .map((fact) => fact.trim().replace(/\n\s*/g, " ")),
  };
}

/**
 * Puts the rows of a work in the place of its old ones, or behind all others where there are none.
 *
 * @param old All results, which are dropped if another machine gave them.
 * @param section What was measured of one work.
 * @param machine The machine that measured it.
 */
export function withSection(
  old: Results,
  { work, rows, facts }: Section,
  machine: string,
): Results {
  const { rows: oldRows, facts: [first, ...oldFacts] } =
    old.facts[0] === machine ? old : { rows: [], facts: [machine] };
  const works = new Set(rows.map((row) => row.work));
  return {
    rows: replace(
      oldRows,
      (row) => works.has(row.work) || row.work.startsWith(work),
      rows,
    ),
    facts: [
      first!, // the machine
      ...replace(
        oldFacts,
        (fact) => fact.startsWith(`${work}: `),
        facts.map((fact) => `${work}: ${fact}`),
      ),
    ],
  };
}

/** New values where the first of the old ones was. */
function replace<T>(
  all: readonly T[],
  isOld: (value: T) => boolean,
  values: readonly T[],
): readonly T[] {
  const at = all.findIndex(isOld);
  const rest = all.filter((value) => !isOld(value));
  return rest.toSpliced(at < 0 ? rest.length : at, 0, ...values);
}
