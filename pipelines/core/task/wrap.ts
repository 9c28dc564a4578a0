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
