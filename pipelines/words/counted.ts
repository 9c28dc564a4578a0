/**
 * Numbers of things.
 * @module
 */

/**
 * Writes how many there are of a thing.
 *
 * @param count How many.
 * @param thing The thing, whose plural ends in s, or in es after s.
 * @returns Such as `1 case`, `0 classes` or `2,000 sentences`.
 */
export function counted(count: number, thing: string): string {
  const end = thing.endsWith("s") ? "es" : "s";
  return `${count.toLocaleString("en")} ${thing}${count === 1 ? "" : end}`;
}
