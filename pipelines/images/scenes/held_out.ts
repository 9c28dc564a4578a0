/**
 * Combinations of words that no training scene has.
 * @module
 */
import { colourNames, digitsOf, type Scene } from "./scene.ts";

/** What of a scene no training scene has. */
export type HeldOut = "ink with digit" | "ink with ground";

/**
 * Tells which combinations of a scene are held out of training: of every ink one digit of ten, and one ground of five.
 *
 * @param scene The scene.
 * @returns The combinations; none for a scene that may be learned from.
 */
export function heldOutOf(scene: Scene): readonly HeldOut[] {
  const ink = colourNames.indexOf(scene.ink);
  const ground = colourNames.indexOf(scene.ground);
  const digit = (3 * ink + 1) % 10;
  return [
    ...digitsOf(scene).includes(digit) ? ["ink with digit"] as const : [],
    ...ground === (ink + 2) % colourNames.length
      ? ["ink with ground"] as const
      : [],
  ];
}
