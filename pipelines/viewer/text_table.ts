/**
 * Tables for a terminal.
 * @module
 */

/** How the cells of a column stand. */
export type Side = "left" | "right";

/**
 * Lays out rows in columns.
 *
 * @param rows Cells, the head first; control characters in them are left out.
 * @param sides How the cells of each column stand; left unless given.
 * @returns A line for each row.
 */
export function textTable(
  rows: readonly (readonly string[])[],
  sides: readonly Side[] = [],
): readonly string[] {
  const clean = rows.map((row) => row.map(plainText));
  const columns = Math.max(0, ...clean.map((row) => row.length));
  const widths = Array.from(
    { length: columns },
    (_, i) =>
      clean.reduce((most, row) => Math.max(most, row[i]?.length ?? 0), 0),
  );
  return clean.map((row) =>
    row.map((cell, i) => {
      const width = widths[i] ?? 0;
      return sides[i] === "right" ? cell.padStart(width) : cell.padEnd(width);
    }).join("  ").trimEnd()
  );
}

/** Takes control characters out of a text: a name must not move the cursor of a terminal. */
export function plainText(text: string): string {
  return text.replace(/[\p{Cc}\p{Zl}\p{Zp}\p{Bidi_Control}]/gu, "\ufffd");
}
