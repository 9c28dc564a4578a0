/**
 * A run's numbers as a person reads them.
 * @module
 */
import type { Band } from "./expected_bands.ts";
import { digitsOf, readable, type ResultRow } from "./result/result_rows.ts";

/** How a table is laid out. */
export interface TableLayout {
  /** The most characters of a line; 80 unless given. */
  readonly width?: number;
  /** Makes a verdict stand out; leaves the text as it is unless given. */
  readonly paint?: (text: string, verdict: ResultRow["verdict"]) => string;
}

/**
 * Lays out numbers with errors, units and bands.
 *
 * Where a line would be wider than the terminal, the band goes below its number. An empty line sets groups of several
 * numbers apart.
 *
 * @param rows The numbers.
 * @param layout The width, and what makes a verdict stand out.
 * @returns The table, without a last newline.
 */
export function resultTable(
  rows: readonly ResultRow[],
  { width = 80, paint = (text) => text }: TableLayout = {},
): string {
  const cells = rows.map((row) => {
    const { value, error } = digitsOf(row.value, row.error);
    const sure = error === undefined ? "" : ` ± ${error}`;
    return { row, name: row.name, value, sure, unit: row.unit };
  });
  const widest = (column: "name" | "value" | "sure" | "unit") =>
    Math.max(0, ...cells.map((cell) => cell[column].length));
  const head = cells.map(({ name, value, sure }) =>
    `${name.padEnd(widest("name"))}  ${value.padStart(widest("value"))}${
      sure.padEnd(widest("sure"))
    }`
  );
  const notes = rows.map(noteOf);
  const full = (head[0]?.length ?? 0) + 2 + widest("unit") + 2 +
    Math.max(0, ...notes.map((note) => note.length));
  return cells.flatMap(({ row, unit }, i) => {
    const note = notes[i]!; // one for each row
    const isNext = i > 0 && startsBlock(rows, i);
    const painted = paint(note, row.verdict);
    const lines = full <= width
      ? [`${head[i]}  ${unit.padEnd(widest("unit"))}  ${painted}`]
      : narrow(head[i]!, unit, note, painted, width);
    return [...isNext ? [""] : [], ...lines.map((line) => line.trimEnd())];
  }).join("\n");
}

/** Whether an empty line goes before: a group begins, and it or the one before has several numbers. */
function startsBlock(rows: readonly ResultRow[], i: number): boolean {
  const groupOf = (at: number) => rows[at]?.group;
  return groupOf(i) !== groupOf(i - 1) &&
    (groupOf(i) === groupOf(i + 1) || groupOf(i - 1) === groupOf(i - 2));
}

/** As much on the first line as fits, the rest below it, set in. */
function narrow(
  head: string,
  unit: string,
  note: string,
  painted: string,
  width: number,
): readonly string[] {
  const withUnit = `${head.trimEnd()}  ${unit}`;
  const isShort = withUnit.length <= width;
  if (isShort && withUnit.length + 2 + note.length <= width) {
    return [`${withUnit}  ${painted}`];
  }
  const second = isShort ? `    ${painted}` : `    ${unit}  ${painted}`;
  return [isShort ? withUnit : head, second];
}

function noteOf({ band, verdict }: ResultRow): string {
  if (band === undefined) return verdict;
  const ends = endsOf(band);
  return verdict === "inside" ? `in band ${ends}` : `OUTSIDE the band ${ends}`;
}

/** Six digits, or more where the ends would look equal. */
function endsOf({ low, high }: Band): string {
  for (let digits = 6; digits < 15; digits++) {
    const [from, to] = [low, high].map((end) => readable(end, digits));
    if (from !== to || low === high) return `${from} to ${to}`;
  }
  return `${low} to ${high}`;
}
