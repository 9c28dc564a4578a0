/**
 * Text within the width of a terminal.
 * @module
 */

/**
 * Breaks a text between words.
 *
 * @param text The text; a non-breaking space is none to break at.
 * @param width The most characters of a line, unless a word is longer.
 * @returns The lines; one that is empty for a text without words.
 */
export function wrap(text: string, width: number): readonly string[] {
  const lines = [""];
  for (const word of text.split(/[ \n]+/).filter(Boolean)) {
    const last = lines.at(-1)!; // there is one
    if (last === "") lines[lines.length - 1] = word;
    else if (last.length + 1 + word.length > width) lines.push(word);
    else lines[lines.length - 1] = `${last} ${word}`;
  }
  return lines;
}

/**
 * Breaks paragraphs anew where a line is too long; those with a line that stands in, such as a sample, keep their lines.
 *
 * @param text Paragraphs, with empty lines between them.
 * @param width The most characters of a line, unless a word is longer.
 * @returns The text.
 */
export function wrapParagraphs(text: string, width: number): string {
  return text.split("\n\n").map((paragraph) => {
    const lines = paragraph.split("\n");
    const fits = lines.every(({ length }) => length <= width);
    if (fits || lines.some((line) => line.startsWith(" "))) return paragraph;
    return wrap(paragraph, width).join("\n");
  }).join("\n\n");
}

/** Characters that a line has at least, however far it stands in. */
const LEAST_WIDTH = 20;

/**
 * Breaks the lines that are too long for a terminal; what follows stands below the last column of its line.
 *
 * @param text Lines; commands to paste stay whole.
 * @param width The most characters of a line, unless a word is longer.
 * @param inset How far the rest of a line without columns stands in.
 * @returns The text.
 */
export function fold(text: string, width: number, inset = 0): string {
  return text.split("\n").flatMap((line) => {
    if (line.length <= width || /^ *deno task /.test(line)) return [line];
    const [indent = ""] = /^ */.exec(line) ?? [];
    const [column = indent] = /^(Usage: | *\S.*? {2,})/.exec(line) ?? [];
    const isWide = width - column.length >= LEAST_WIDTH;
    const head = isWide ? column : indent;
    const hang = head.length + (head === indent ? inset : 0);
    const [first = "", ...rest] = wrap(line.slice(head.length), width - hang);
    return [head + first, ...rest.map((one) => " ".repeat(hang) + one)];
  }).join("\n");
}
