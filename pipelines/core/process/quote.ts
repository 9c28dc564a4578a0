/**
 * Words of a command line.
 * @module
 */

/**
 * Writes a word so that a POSIX shell reads it back.
 *
 * @param text The word.
 * @returns The word itself where it is plain, else between quotes.
 */
export function quote(text: string): string {
  if (/^[\w./:,=+-]+$/.test(text)) return text;
  return `'${text.replaceAll("'", "'\\''")}'`;
}
